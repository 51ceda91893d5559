package org.dropfolder.cli;

import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.dropfolder.server.Doctor;
import org.dropfolder.server.Finding;
import org.dropfolder.server.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dropfolder doctor}: whether a server could run here, and what to do where it could not. */
@Command(name = "doctor", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Looks at settings, folders, ledger, port, Ideogram, key and clock, and says what to do where something is "
            + "wrong. Changes nothing, and spends nothing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is well", "1:something is wrong", "2:wrong usage or wrong settings"})
final class DoctorCommand implements Callable<Integer> {
    private static final int[] COLUMNS = {7, 10};

    @Mixin
    private final WhichRun run;

    @Spec
    private CommandSpec spec;

    DoctorCommand(WhichRun run) {
        this.run = run;
    }

    @Override
    public Integer call() {
        Settings settings = run.settings();
        Screen screen = new Screen(spec);
        AtomicInteger wrong = new AtomicInteger();
        new Doctor(settings, Clock.systemUTC()).examine(finding -> {
            show(screen, finding);
            wrong.addAndGet(finding.verdict() == Finding.Verdict.WRONG ? 1 : 0);
        });
        screen.blank();
        screen.say(wrong.get() == 0 ? "All is well." : wrong.get() == 1 ? "One thing is wrong." : wrong + " things are wrong.", Style.bold);
        return wrong.get() == 0 ? 0 : 1;
    }

    private static void show(Screen screen, Finding finding) {
        String verdict = switch (finding.verdict()) {
            case GOOD -> "ok";
            case NOTE -> "note";
            case WRONG -> "WRONG";
        };
        Style style = switch (finding.verdict()) {
            case GOOD -> Style.fg_green;
            case NOTE -> Style.fg_yellow;
            case WRONG -> Style.fg_red;
        };
        int rest = screen.width() - COLUMNS[0] - COLUMNS[1];
        screen.row(new int[] {COLUMNS[0], COLUMNS[1], rest}, screen.text(verdict, style), screen.text(finding.subject()),
            screen.text(finding.words()));
    }
}
