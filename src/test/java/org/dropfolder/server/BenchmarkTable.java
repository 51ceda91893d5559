package org.dropfolder.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Rows of a table: what was measured, beside what, and what was wanted. */
final class BenchmarkTable {
    private final List<String> rows = new ArrayList<>();

    /** @param peer what it is beside; nothing where it is for information */
    void row(String what, Duration ours, Duration peer, String target) {
        if (peer.isZero()) {
            row(what, "%.2f s".formatted(seconds(ours)), "–");
        } else {
            row(what, "%.2f s beside %.2f s: %.2f".formatted(seconds(ours), seconds(peer), seconds(ours) / seconds(peer)), target);
        }
    }

    void row(String what, String measured, String target) {
        rows.add("%-72s %-36s %s".formatted(what, measured, target));
        System.out.println(rows.get(rows.size() - 1));
    }

    void print() {
        System.out.printf("%n%-72s %-36s %s%n", "WHAT", "MEASURED", "WANTED");
        rows.forEach(System.out::println);
    }

    static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
