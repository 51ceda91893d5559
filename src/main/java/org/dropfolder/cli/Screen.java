package org.dropfolder.cli;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.dropfolder.image.FileNames;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command prints for people: as wide as their terminal, in colours only there, and with nothing in it that could
 * disturb the terminal, whatever a file or a dataset is called.
 */
final class Screen {
    private final CommandSpec spec;

    Screen(CommandSpec spec) {
        this.spec = spec;
    }

    int width() {
        return spec.usageMessage().width();
    }

    /** The text for a table, taken as it is; composed, since most terminals count a letter and its accent as two. */
    Text text(String text, Style... styles) {
        String clean = FileNames.printable(Normalizer.normalize(text, Normalizer.Form.NFC), Integer.MAX_VALUE);
        return spec.commandLine().getColorScheme().ansi().apply(clean, Arrays.asList(styles));
    }

    /** The text from a column on, in as many lines as it takes. */
    void say(int indent, String text, Style... styles) {
        row(new int[] {indent, width() - indent}, text(""), text(text, styles));
    }

    /** The text over the whole width, in as many lines as it takes. */
    void say(String text, Style... styles) {
        row(new int[] {width()}, text(text, styles));
    }

    /** Cells beside each other; a text that does not fit goes on below itself. */
    void row(int[] widths, Text... cells) {
        Column[] columns = IntStream.of(widths).mapToObj(width -> new Column(width, 0, Column.Overflow.WRAP)).toArray(Column[]::new);
        TextTable table = TextTable.forColumns(spec.commandLine().getColorScheme(), columns);
        table.setAdjustLineBreaksForWideCJKCharacters(true);
        table.indentWrappedLines = 0;
        table.addRowValues(cells);
        spec.commandLine().getOut().print(table);
        spec.commandLine().getOut().flush();
    }

    void blank() {
        spec.commandLine().getOut().println();
    }
}
