package org.dropfolder.server;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dropfolder.corpus.Fate;
import org.dropfolder.corpus.Row;

/** What became of the rows, as a table: row, expected, got; and how many of each group. */
record Outcome(String run, List<Row> rows, Map<Row, List<String>> wrongs, Duration took) {
    private static final int EXPECTED = 90;

    void print(PrintStream out) {
        out.printf("%n%s: what was dropped, what was expected, what became of it%n", run);
        for (Row row : rows) {
            List<String> wrong = wrongs.getOrDefault(row, List.of());
            out.printf("  %s  %-16s %-70s %-90s %s%n", row.dataset(), row.group(), row.sentence(), expected(row),
                wrong.isEmpty() ? "so it is" : "NO: " + String.join("; ", wrong.subList(0, Math.min(6, wrong.size()))));
        }
        Map<String, Long> right = rows.stream().filter(row -> !wrongs.containsKey(row))
            .collect(Collectors.groupingBy(Row::group, Collectors.counting()));
        new TreeMap<>(rows.stream().collect(Collectors.groupingBy(Row::group, Collectors.counting())))
            .forEach((group, count) -> out.printf("  %-16s %3d of %3d%n", group, right.getOrDefault(group, 0L), count));
        out.printf("  %-16s %3d of %3d in %.1f s%n%n", "all", rows.size() - wrongs.size(), rows.size(), took.toMillis() / 1000.0);
    }

    List<String> failures() {
        return wrongs.entrySet().stream().map(row -> row.getKey().dataset() + " " + row.getKey().sentence() + ": " + row.getValue()).toList();
    }

    private static String expected(Row row) {
        String all = row.fates().stream().map(Fate::words).collect(Collectors.joining(", "));
        return all.length() <= EXPECTED ? all : all.substring(0, EXPECTED - 1) + "…";
    }
}
