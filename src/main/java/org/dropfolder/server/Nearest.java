package org.dropfolder.server;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody meant who mistyped a name. */
final class Nearest {
    private Nearest() { }

    /** The one of {@code known} that takes the fewest characters added, left out or exchanged; empty when there is none. */
    static Optional<String> to(String typed, Collection<String> known) {
        return known.stream().min(Comparator.comparingInt(name -> distance(typed, name)));
    }

    /** Levenshtein's, row by row: how far {@code left}, as far as it is read, is from every beginning of {@code right}. */
    static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= left.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int exchanged = diagonal + (left.charAt(line - 1) == right.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(exchanged, Math.min(row[column], row[column - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
