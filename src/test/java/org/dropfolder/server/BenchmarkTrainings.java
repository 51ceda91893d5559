package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dropfolder.ledger.FilledLedger;

/** Trainings that a server finds in its ledger, follows, and of which one after the other ends. */
final class BenchmarkTrainings {
    /** What {@code dropfolder.poll.delay} is by itself. */
    static final Duration POLL = Duration.ofSeconds(30);

    private final BenchmarkSink sink;
    private final Path ledger;
    private final int number;
    private final Map<String, Instant> ends = new HashMap<>();
    private long threads;
    private long threadsLater;
    private double processor;

    BenchmarkTrainings(BenchmarkSink sink, Path ledger, int number) throws Exception {
        this.sink = sink;
        this.ledger = ledger;
        this.number = number;
        FilledLedger.train(ledger, number);
        endFrom(Instant.MAX);
    }

    /** Comes back when the ledger knows that all have ended, or after a while. */
    void watch(ServerProcess server) throws Exception {
        // once each was looked at for the first time, which a start does with all at once
        Instant first = Instant.now().plus(POLL);
        endFrom(first);
        Duration before = Benchmark.cpu(server);
        Instant begun = Instant.now();
        for (int ended = 0; ended < number && Instant.now().isBefore(first.plus(POLL.multipliedBy(10))); ended = FilledLedger.ends(ledger).size()) {
            Benchmark.pass(Duration.ofMillis(500));
            if (Instant.now().isBefore(first)) {
                threads = Math.max(threads, server.threads());
            } else {
                threadsLater = Math.max(threadsLater, server.threads());
            }
        }
        processor = BenchmarkTable.seconds(Benchmark.cpu(server).minus(before)) / BenchmarkTable.seconds(Duration.between(begun, Instant.now()));
    }

    /** Over as long as it is between two looks; none ever does from {@link Instant#MAX} on. */
    private void endFrom(Instant first) {
        for (int i = 0; i < number; i++) {
            ends.put("md" + i, first.equals(Instant.MAX) ? first : first.plus(POLL.multipliedBy(i).dividedBy(number)));
            sink.end("d" + i, ends.get("md" + i));
        }
    }

    void tell(BenchmarkTable table) throws Exception {
        Map<String, Instant> known = FilledLedger.ends(ledger);
        assertThat(known).hasSize(number);
        List<Duration> late = ends.keySet().stream().map(model -> Duration.between(ends.get(model), known.get(model))).toList();
        table.row("processor meanwhile, %,d requests".formatted(sink.requests()), "%.0f %% of a core".formatted(processor * 100), "–");
        table.row("threads, %,d trainings under way".formatted(number), Long.toString(threads), "at most 50");
        table.row("the same while ends are told", Long.toString(threadsLater), "–");
        table.row("most requests in flight meanwhile", Integer.toString(sink.mostInFlight()), "at most 8");
        table.row("an end until it is known, in delays between two looks: median", delays(Benchmark.middle(late)), "–");
        table.row("the same, the last of all", delays(Collections.max(late)), "at most 2");
    }

    private static String delays(Duration time) {
        return "%.2f (%.0f s)".formatted(BenchmarkTable.seconds(time) / BenchmarkTable.seconds(POLL), BenchmarkTable.seconds(time));
    }
}
