package org.dropfolder.ledger;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * The open ledger: a door to each of its tables. Thread safe.
 *
 * <p>SQLite has one writer at a time, so writes queue for one connection instead of colliding, and reads have others
 * (write-ahead log: a reader never waits for the writer). Transactions are immediate: one that reads first and then
 * writes would fail with "busy" whatever the time-out. Writes that come while one is under way share the next transaction;
 * each is on the disk before its call returns.
 */
public final class Ledger implements AutoCloseable {
    static final int READERS = 4;

    private final GroupedWrites writes;
    private final Jdbi reads;
    private final Lease lease;
    private final Runnable closing;

    private volatile boolean damaged;

    private final Datasets datasets;
    private final Assets assets;
    private final Endings endings;
    private final Batches batches;
    private final Trainings trainings;
    private final Looks looks;
    private final Doubts doubts;
    private final Orders orders;
    private final Aside aside;
    private final Finds finds;
    private final Containers containers;
    private final Captions captions;
    private final Figures figures;
    private final History history;
    private final Chronicle chronicle;
    private final Changes changes;
    private final Listings listings;
    private final Pictures pictures;
    private final Notices notices;
    private final FolderFiles folderFiles;
    private final Samples samples;
    private final Descriptions descriptions;

    private Ledger(GroupedWrites writes, Jdbi reads, Runnable closing, Lease lease) {
        this.lease = lease;
        this.writes = writes;
        this.reads = reads;
        this.closing = closing;
        this.history = new History(this, lease.clock());
        this.chronicle = new Chronicle(this);
        this.changes = new Changes(this);
        this.listings = new Listings(this);
        this.pictures = new Pictures(this);
        this.doubts = new Doubts(this, lease);
        this.datasets = new Datasets(this, lease);
        this.assets = new Assets(this, lease.clock());
        this.endings = new Endings(lease.clock());
        this.batches = new Batches(this, lease);
        this.trainings = new Trainings(this, lease);
        this.looks = new Looks(this, lease);
        this.orders = new Orders(this, lease);
        this.aside = new Aside(this, lease.clock());
        this.finds = new Finds(this, lease.clock());
        this.containers = new Containers(this, lease.clock());
        this.captions = new Captions(this);
        this.notices = new Notices(this, lease);
        this.figures = new Figures(this);
        this.folderFiles = new FolderFiles(this, lease.clock());
        this.samples = new Samples(this, lease);
        this.descriptions = new Descriptions(this, lease);
    }

    /**
     * Opens the ledger, making it or bringing it up to date where needed.
     *
     * @param url       {@code jdbc:sqlite:<path>}
     * @param simulated whether it is to hold what the simulator says; a ledger is for one or the other for ever
     * @throws LedgerException if it can't be opened, is of a newer version, is damaged, or is of the other nature
     */
    public static Ledger open(String url, Lease lease, boolean simulated) {
        return open(url, lease, simulated, Commits.UNDISTURBED);
    }

    /**
     * The same.
     *
     * @param commits is told of every commit
     * @throws LedgerException as above
     */
    public static Ledger open(String url, Lease lease, boolean simulated, Commits commits) {
        LedgerFile file = new LedgerFile(url);
        file.check();
        file.migrate();
        Connections writer = new Connections(file.writing(), 1);
        Connections reader = new Connections(file.writing(), READERS);
        Ledger ledger = new Ledger(new GroupedWrites(jdbi(Jdbi.create(writer.source())), commits), jdbi(Jdbi.create(reader.source())), () -> {
            reader.close();
            writer.close();
        }, lease);
        try {
            new Nature(url, simulated).claim(ledger);
            return ledger;
        } catch (RuntimeException e) {
            ledger.close();
            throw e;
        }
    }

    /**
     * Opens a ledger that is there, to be read while a server writes it or none does. Nothing is made, changed or held up,
     * and whatever would write fails. It has one connection, so it is for one thread.
     *
     * @throws LedgerException if it can't be read, is of another version, or is of the other nature
     */
    public static Ledger toRead(String url, Clock clock, boolean simulated) {
        LedgerFile file = new LedgerFile(url);
        DataSource source = file.readOnly();
        if (file.isOlder(source)) {
            throw new LedgerException("Could not read the ledger " + url + ": it is of an older version than this Dropfolder. "
                + "Start the server, which brings it up to date.");
        }
        Handle only = Jdbi.create(source).open();
        Jdbi reads = jdbi(Jdbi.create(only.getConnection()));
        Ledger ledger = new Ledger(new GroupedWrites(reads, Commits.UNDISTURBED), reads, only::close, Lease.ofThisProcess(Duration.ZERO, clock));
        try {
            new Nature(url, simulated).check(ledger);
            return ledger;
        } catch (RuntimeException e) {
            ledger.close();
            throw e;
        }
    }

    public Datasets datasets() {
        return datasets;
    }

    public Assets assets() {
        return assets;
    }

    Endings endings() {
        return endings;
    }

    public Batches batches() {
        return batches;
    }

    public Trainings trainings() {
        return trainings;
    }

    public Looks looks() {
        return looks;
    }

    public Doubts doubts() {
        return doubts;
    }

    public Orders orders() {
        return orders;
    }

    public Aside aside() {
        return aside;
    }

    public Finds finds() {
        return finds;
    }

    public Figures figures() {
        return figures;
    }

    public Captions captions() {
        return captions;
    }

    public Containers containers() {
        return containers;
    }

    public History history() {
        return history;
    }

    public Chronicle chronicle() {
        return chronicle;
    }

    public Changes changes() {
        return changes;
    }

    public Listings listings() {
        return listings;
    }

    public Pictures pictures() {
        return pictures;
    }

    public Notices notices() {
        return notices;
    }

    public FolderFiles folderFiles() {
        return folderFiles;
    }

    public Descriptions descriptions() {
        return descriptions;
    }

    public Samples samples() {
        return samples;
    }

    /**
     * Claims of all other owners run out now: for a process that knows that it is the only one that lives. What becomes of
     * them is decided by the methods that take claims that ran out.
     */
    public void endClaimsOfOthers() {
        change(h -> {
            for (String table : List.of("batch", "training", "dataset", "sample", "description")) {
                h.createUpdate("UPDATE " + table + " SET expires_at = 0 WHERE owner <> :owner AND expires_at > 0 "
                        + "AND state IN ('CLAIMED', 'SENT', 'INTENDED')")
                    .bind("owner", lease.owner()).execute();
            }
            notices.endClaimsOfOthers(h);
            samples.endClaimsOfOthers(h);
            descriptions.endPauses(h);
        });
    }

    @Override
    public void close() {
        closing.run();
    }

    /** In one immediate transaction, all or nothing of it. The work may be done twice, the first time in vain. */
    <T> T write(Function<Handle, T> work) {
        return usable(() -> writes.make(work));
    }

    /** The same, done at once for all of this kind that share the transaction. */
    <I, T> T write(GroupedWrites.Kind<I, T> kind, I item) {
        return usable(() -> writes.make(kind, item));
    }

    /** The same as the first, without a result. */
    void change(Consumer<Handle> work) {
        write(h -> {
            work.accept(h);
            return null;
        });
    }

    <T> T read(Function<Handle, T> work) {
        return usable(() -> reads.withHandle(work::apply));
    }

    /**
     * Whether it can be written now: by writing, since only that finds a lock, a full disk or a folder that can't be written.
     *
     * @return why not and what to do, without a name of a file; nothing if it can
     */
    public Optional<String> trouble() {
        try {
            write(h -> h.createUpdate("UPDATE nature SET simulated = simulated").execute());
            return Optional.empty();
        } catch (LedgerException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** What is damaged is not believed any more, whatever it says: nothing is read, written or, therefore, sent. */
    private <T> T usable(Supplier<T> work) {
        if (damaged) {
            throw new LedgerException(Unusable.DAMAGED);
        }
        try {
            return work.get();
        } catch (JdbiException e) {
            damaged |= Unusable.isDamage(e);
            throw Unusable.of(e);
        }
    }

    private static Jdbi jdbi(Jdbi jdbi) {
        jdbi.registerRowMapper(Asset.class, Rows::asset);
        jdbi.registerRowMapper(Dataset.class, Rows::dataset);
        jdbi.registerRowMapper(Batch.class, Rows::batch);
        jdbi.registerRowMapper(Training.class, Rows::training);
        for (Class<?> type : List.of(Doubt.class, Event.class, Notice.class, FolderFile.class, Sample.class, Description.class)) {
            jdbi.registerRowMapper(ConstructorMapper.factory(type));
        }
        return jdbi;
    }
}
