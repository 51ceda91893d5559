package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.dropfolder.simulator.Account;
import org.dropfolder.simulator.Simulator;
import org.dropfolder.store.S3Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many who put, overwrite and delete objects at random while the server takes them. What they leave in the end is sent, once
 * and byte for byte; what was overwritten or deleted may have been sent before, once; nothing else ever is. All pictures have
 * one length, and many of a key come within a second: neither size nor time tells them apart. {@code -Dhostile.seed=...}
 * repeats the choices.
 */
class HostileBucketTest {
    private static final int WRITERS = 6;
    private static final int ROUNDS = 30;
    private static final int KEYS = 15;
    private static final int BYTES = 3_000;
    private static final Duration LONGEST = Duration.ofMinutes(4);

    @TempDir
    private Path folder;
    private final long seed = Long.getLong("hostile.seed", System.nanoTime());

    @BeforeAll
    static void hush() {
        Configurator.setLevel("org.dropfolder", Level.ERROR);
    }

    @AfterAll
    static void speak() {
        Configurator.setLevel("org.dropfolder", Level.INFO);
    }

    @Test
    void whatIsLeftInTheEndIsSentOnceHoweverOftenItWasOverwritten() throws Exception {
        World world = World.in(folder);
        Instant begun = Instant.now();
        try (BucketPlace place = new BucketPlace(); Simulator simulator = world.simulator();
             Server any = Server.start(world.settings(simulator, settings(place)))) {
            List<Writer> writers = IntStream.range(0, WRITERS).mapToObj(number -> new Writer(place.s3(), number, seed + number)).toList();
            write(writers);
            await().atMost(LONGEST).pollInterval(Duration.ofMillis(250)).until(() -> place.inbox().left().isEmpty()
                && place.shelf("pending").hashes().isEmpty() && missing(writers, simulator.account()).isEmpty());
            System.out.printf("%d puts by %d writers over %d keys, %d overwritten or deleted before they were sent, in %.1f s (hostile.seed %d)%n",
                writers.stream().mapToInt(writer -> writer.written.size()).sum(), WRITERS, WRITERS * KEYS,
                writers.stream().mapToInt(writer -> writer.written.size()).sum() - sent(simulator.account()).size(),
                Duration.between(begun, Instant.now()).toMillis() / 1000.0, seed);
            assertNothingElse(writers, place, simulator.account());
        }
    }

    private static void write(List<Writer> writers) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<?>> all = new ArrayList<>();
            writers.forEach(writer -> all.add(threads.submit(writer)));
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** What was left in the end and is not sent yet. */
    private static Set<String> missing(List<Writer> writers, Account account) {
        Set<String> missing = writers.stream().flatMap(writer -> writer.last.values().stream()).collect(Collectors.toCollection(HashSet::new));
        sent(account).forEach(missing::remove);
        return missing;
    }

    private void assertNothingElse(List<Writer> writers, BucketPlace place, Account account) throws IOException {
        Set<String> whole = writers.stream().flatMap(writer -> writer.written.stream()).collect(Collectors.toSet());
        assertThat(sent(account)).as("sent, with hostile.seed %d", seed).isSubsetOf(whole).doesNotHaveDuplicates();
        assertThat(place.shelf("rejected").hashes()).as("set aside, with hostile.seed %d", seed).isEmpty();
        assertThat(Set.copyOf(place.shelf("done").hashes().values())).as("in done/, with hostile.seed %d", seed)
            .isEqualTo(Set.copyOf(sent(account)));
    }

    private static List<String> sent(Account account) {
        return account.datasets().stream().flatMap(dataset -> dataset.files().stream()).map(Account.File::sha256).toList();
    }

    private static Map<String, String> settings(BucketPlace place) {
        Map<String, String> settings = new HashMap<>(Map.of("dropfolder.settle", "50ms", "dropfolder.batch.images", "100",
            "dropfolder.batch.wait", "500ms", "dropfolder.sweep", "1s", "dropfolder.training.daily", "0", "dropfolder.dataset.overflow", "next"));
        settings.putAll(place.settings());
        settings.put("dropfolder.s3.scan", "100ms");
        return settings;
    }

    /** Has keys of its own; what it last did to each is known when it ends. */
    private static final class Writer implements Runnable {
        private final S3Server s3;
        private final int number;
        private final Random random;
        private final Set<String> written = new HashSet<>();
        /** By the key, of those that it did not delete itself in the end. */
        private final Map<String, String> last = new HashMap<>();

        Writer(S3Server s3, int number, long seed) {
            this.s3 = s3;
            this.number = number;
            this.random = new Random(seed);
        }

        @Override
        public void run() {
            for (int round = 0; round < ROUNDS; round++) {
                String key = BucketPlace.INBOX + "set-" + number + "/picture " + random.nextInt(KEYS) + ".png";
                int puts = 1 + random.nextInt(3);
                for (int i = 0; i < puts; i++) {
                    byte[] picture = Pictures.paddedPng(number * 10_000 + round * 10 + i, BYTES);
                    s3.put(BucketPlace.BUCKET, key, picture);
                    last.put(key, World.hash(picture));
                    written.add(last.get(key));
                    pause();
                }
                if (random.nextInt(5) == 0) {
                    s3.client().deleteObject(request -> request.bucket(BucketPlace.BUCKET).key(key));
                    last.remove(key);
                }
            }
        }

        /** As long as it happens to take: from an overwriting at once to one after it was taken. */
        private void pause() {
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(200)).toNanos());
        }
    }
}
