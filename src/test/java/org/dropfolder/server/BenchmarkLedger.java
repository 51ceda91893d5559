package org.dropfolder.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dropfolder.ledger.Arrival;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetKind;
import org.dropfolder.ledger.Batches;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Fates;
import org.dropfolder.ledger.Lease;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Targets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.sqlite.SQLiteConfig;

/** What the ledger writes down by a single thread, beside as many transactions that change as many rows of a bare table, as safely. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BenchmarkLedger {
    private static final int BATCH = 50;
    private static final Targets TARGETS = (rests, id, name) -> rests + "/" + id + "-" + name;

    /** A ledger, and images that come one after the other, a batch of them into each dataset. */
    @State(Scope.Thread)
    public static class Ours {
        private final Clock clock = Clock.tickMillis(ZoneOffset.UTC);
        private Path file;
        private int images;
        Ledger ledger;
        Dataset dataset;

        @Setup
        public void open() throws IOException {
            file = newFile();
            ledger = Ledger.open("jdbc:sqlite:" + file, Lease.ofThisProcess(Duration.ofMinutes(3), clock), false);
        }

        @TearDown
        public void close() throws IOException {
            ledger.close();
            delete(file);
        }

        Asset arrive() {
            if (images % BATCH == 0) {
                String name = "set " + images / BATCH;
                dataset = ledger.datasets().ready(ledger.datasets().named(name, name), "id of " + name, false);
            }
            String name = "image-" + images++;
            Arrival arrival = new Arrival(dataset, AssetKind.IMAGE, dataset.name() + "/" + name + ".png", dataset.name() + "/" + name, 4096,
                Instant.EPOCH, "", "%064x".formatted(images), images, List.of(name + ".png"), Optional.empty(), Optional.empty());
            return ledger.assets().rested(ledger.assets().arrive(arrival, 100, "full", TARGETS), TARGETS);
        }
    }

    /** The same with a batch that waits. */
    @State(Scope.Thread)
    public static class Waiting extends Ours {
        @Setup(Level.Invocation)
        public void fill() {
            for (int i = 0; i < BATCH; i++) {
                arrive();
            }
        }
    }

    /** A table of two columns and a key. */
    @State(Scope.Thread)
    public static class Bare {
        private Path file;
        private PreparedStatement insert;
        private PreparedStatement update;
        Connection connection;
        int rows;

        @Setup
        public void open() throws IOException, SQLException {
            file = newFile();
            SQLiteConfig config = new SQLiteConfig();
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
            connection = config.createConnection("jdbc:sqlite:" + file);
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE image (id INTEGER PRIMARY KEY, state TEXT NOT NULL, source TEXT NOT NULL)");
            }
            connection.setAutoCommit(false);
            insert = connection.prepareStatement("INSERT INTO image VALUES (?, 'ARRIVING', ?)");
            update = connection.prepareStatement("UPDATE image SET state = ? WHERE id = ?");
        }

        @TearDown
        public void close() throws IOException, SQLException {
            connection.close();
            delete(file);
        }

        void insert() throws SQLException {
            insert.setInt(1, ++rows);
            insert.setString(2, "set/image-" + rows + ".png");
            insert.executeUpdate();
        }

        void change(int row, String state) throws SQLException {
            update.setString(1, state);
            update.setInt(2, row);
            update.executeUpdate();
        }
    }

    /** The same with a batch that waits. */
    @State(Scope.Thread)
    public static class BareWaiting extends Bare {
        @Setup(Level.Invocation)
        public void fill() throws SQLException {
            for (int i = 0; i < BATCH; i++) {
                insert();
            }
            connection.commit();
        }
    }

    @Benchmark
    public Asset arrivalOurs(Ours ours) {
        return ours.arrive();
    }

    @Benchmark
    public void arrivalBeside(Bare bare) throws SQLException {
        bare.insert();
        bare.connection.commit();
        bare.change(bare.rows, "ACCEPTED");
        bare.connection.commit();
    }

    @Benchmark
    public List<Asset> batchOurs(Waiting ours) {
        Batches batches = ours.ledger.batches();
        batches.claim(ours.dataset, 0, BATCH, Long.MAX_VALUE);
        Claimed claimed = batches.claimed(ours.dataset);
        batches.intend(claimed.batch());
        return batches.uploaded(claimed.batch(), Fates.ALL_THERE, TARGETS);
    }

    @Benchmark
    public void batchBeside(BareWaiting bare) throws SQLException {
        for (String state : List.of("BATCHED", "UPLOADED")) {
            for (int row = bare.rows - BATCH + 1; row <= bare.rows; row++) {
                bare.change(row, state);
            }
            bare.connection.commit();
        }
    }

    private static Path newFile() throws IOException {
        return Files.createTempDirectory(Path.of("target"), "bench").resolve("ledger.db");
    }

    private static void delete(Path file) throws IOException {
        Files.delete(file);
        Files.delete(file.getParent());
    }
}
