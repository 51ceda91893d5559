package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.dropfolder.corpus.Corpus;
import org.dropfolder.corpus.Found;
import org.dropfolder.corpus.Inbox;
import org.dropfolder.corpus.Row;
import org.dropfolder.corpus.Run;
import org.dropfolder.simulator.Account;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What people really drop: each row of the corpus in a dataset of its own, all rows of the same settings at once, through
 * the real server. What is then in the folders and at the simulator is compared with what the rows say.
 * {@code -Dcorpus.groups=names,captions} takes some groups only, {@code -Dcorpus.wait=60} waits less long, in seconds.
 */
class MessyDropsTest {
    /** Long enough for a slow machine; what is right is right long before. */
    private static final Duration LONGEST = Duration.ofSeconds(Integer.getInteger("corpus.wait", 300));
    /** What is right must stay so. */
    private static final Duration STAYS = Duration.ofMillis(1500);
    private static final Map<String, String> SETTINGS = Map.ofEntries(
        Map.entry("dropfolder.scan", "50ms"), Map.entry("dropfolder.settle", "300ms"), Map.entry("dropfolder.unfinished", "2s"),
        Map.entry("dropfolder.batch.wait", "1s"), Map.entry("dropfolder.batch.images", "100"),
        Map.entry("dropfolder.sweep", "1s"), Map.entry("dropfolder.image.size", "300KB"),
        Map.entry("dropfolder.training.daily", "0"), Map.entry("camel.component.seda.default-poll-timeout", "50"));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void everyRowEndsAsItSaysOnADisk(Run run) throws Exception {
        World world = World.in(folder.resolve(run.name()));
        drop(run, rows(run), world, new DiskPlace(world));
    }

    @ParameterizedTest
    @EnumSource
    void everyRowEndsAsItSaysInABucket(Run run) throws Exception {
        List<Row> rows = rows(run).stream().filter(row -> !row.needsDisk()).toList();
        System.out.printf("%n%s: LEFT OUT in a bucket are %d rows of %d, which only a disk can have%n", run, rows(run).size() - rows.size(), rows(run).size());
        try (BucketPlace place = new BucketPlace()) {
            drop(run, rows, World.in(folder.resolve(run.name())), place);
        }
    }

    @Test
    void everyRowThatOnlyABucketCanHaveEndsAsItSays() throws Exception {
        try (BucketPlace place = new BucketPlace()) {
            drop(Run.GENEROUS, Corpus.bucketRows(), World.in(folder.resolve("bucket")), place);
        }
    }

    private static List<Row> rows(Run run) {
        return Corpus.rows().stream().filter(row -> row.run() == run).toList();
    }

    private static void drop(Run run, List<Row> rows, World world, DropPlace place) throws Exception {
        Inbox inbox = place.inbox();
        Findings findings = new Findings(place, inbox, rows);
        Instant start = Instant.now();
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(run.settings());
        settings.putAll(place.settings());
        try (Simulator simulator = world.simulator(); Server any = Server.start(world.settings(simulator, settings))) {
            Dropping dropping = new Dropping(inbox, rows);
            Map<Row, List<String>> wrongs = new LinkedHashMap<>();
            try {
                await().during(STAYS).atMost(LONGEST).pollInterval(Duration.ofMillis(400)).until(() -> {
                    Account account = simulator.account();
                    Map<String, Found> found = findings.look(account);
                    dropping.goOn(found);
                    wrongs.clear();
                    wrongs.putAll(wrongs(rows, found));
                    return dropping.isOver() && wrongs.isEmpty();
                });
            } catch (ConditionTimeoutException late) {
                // the last look may have been broken off; the table tells what is wrong
                wrongs.clear();
                wrongs.putAll(wrongs(rows, findings.look(simulator.account())));
            }
            Outcome outcome = new Outcome(run + " " + place, rows, wrongs, Duration.between(start, Instant.now()));
            outcome.print(System.out);
            assertThat(outcome.failures()).as("rows that ended otherwise").isEmpty();
            assertThat(findings.strangers(simulator.account())).as("datasets that nobody dropped").isEmpty();
            Found nobodys = findings.look(simulator.account()).get("");
            assertThat(nobodys == null ? List.of() : nobodys.wrongs(Row.none())).as("files that nobody dropped").isEmpty();
        }
    }

    private static Map<Row, List<String>> wrongs(List<Row> rows, Map<String, Found> found) {
        Map<Row, List<String>> wrongs = new LinkedHashMap<>();
        for (Row row : rows) {
            Found there = found.get(row.dataset());
            List<String> wrong = there == null ? List.of("nothing is there at all") : there.wrongs(row);
            if (!wrong.isEmpty()) {
                wrongs.put(row, wrong);
            }
        }
        return wrongs;
    }
}
