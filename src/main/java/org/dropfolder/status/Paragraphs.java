package org.dropfolder.status;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** A plain text of lines that every window shows whole; what is longer goes on in the next. For one thread. */
final class Paragraphs {
    /** Chars of a line, unless a single word has more. */
    static final int WIDTH = 100;
    private static final String BULLET = "- ";
    private static final String BELOW = "  ";

    private final StringBuilder text = new StringBuilder();
    private final UnaryOperator<String> printable;

    /** @param printable makes a text that can't disturb the line it stands in */
    Paragraphs(UnaryOperator<String> printable) {
        this.printable = printable;
    }

    /** A line, right below what stands there. */
    void line(String line) {
        wrap("", "", line);
    }

    /** A line after an empty one. */
    void paragraph(String line) {
        text.append('\n');
        line(line);
    }

    /** Lines below a heading, and how many more there are; nothing where there are none. */
    void list(String heading, List<String> lines, int inAll) {
        if (inAll == 0) {
            return;
        }
        paragraph(heading);
        lines.forEach(line -> wrap(BULLET, BELOW, line));
        if (inAll > lines.size()) {
            wrap(BULLET, BELOW, "and " + number(inAll - lines.size()) + " more");
        }
    }

    /** As people write it: {@code 19,880}. */
    static String number(int number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    private void wrap(String first, String further, String line) {
        String indent = first;
        String rest = printable.apply(line).strip();
        while (rest.length() > WIDTH - indent.length()) {
            int blank = rest.lastIndexOf(' ', WIDTH - indent.length());
            int end = blank > 0 ? blank : rest.indexOf(' ');
            if (end < 0) {
                break;
            }
            text.append(indent).append(rest, 0, end).append('\n');
            rest = rest.substring(end).strip();
            indent = further;
        }
        text.append(indent).append(rest).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
