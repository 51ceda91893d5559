package org.dropfolder.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** SQLite's file of a ledger: whether it is there, sound and up to date, and ways to connect to it. Immutable. */
public final class LedgerFile {
    private static final String FOLDER = "db/sqlite";
    private static final List<String> MIGRATIONS = List.of("V1__ledger.sql");
    static final int VERSION = MIGRATIONS.size();
    private static final int BUSY_MILLIS = 10_000;

    private final String url;
    private final Path path;

    /** @param url {@code jdbc:sqlite:<path>} */
    public LedgerFile(String url) {
        this.url = url;
        this.path = Path.of(url.replaceFirst("^jdbc:sqlite:(file:)?", "").replaceFirst("\\?.*", ""));
    }

    public Path path() {
        return path;
    }

    /** Whether a ledger was begun there; SQLite takes an empty file for none. */
    public boolean exists() {
        return path.toFile().length() > 0;
    }

    /**
     * Looks at every page, and at the version; changes nothing.
     *
     * @return whether it is of an older version, which the next start of a server brings up to date
     * @throws LedgerException if it can't be read, is of a newer version, or is damaged
     */
    public boolean examine() {
        DataSource source = readOnly();
        check(source);
        return isOlder(source);
    }

    /** Looks at every page before anything is written: a damaged ledger is not made worse, and not believed. */
    void check() {
        check(writing());
    }

    /**
     * Makes it, or brings it up to date, where needed. Flyway, which takes longer than all else of opening a small ledger, is not
     * asked about one that has passed these very migrations and no later one.
     */
    void migrate() {
        try {
            DataSource writing = writing();
            Jdbi ledger = Jdbi.create(writing);
            int these = fingerprint();
            if (ledger.withHandle(LedgerFile::passed) != these || isOlder(writing)) {
                // what a newer version has added is not ignored, as it is by default
                Flyway.configure().dataSource(writing).locations("classpath:" + FOLDER)
                    .ignoreMigrationPatterns(new String[0]).load().migrate();
                ledger.useHandle(h -> h.execute("PRAGMA user_version = " + these));
            }
        } catch (FlywayValidateException e) {
            throw otherVersion(firstLine(e), e);
        } catch (FlywayException | JdbiException e) {
            throw damaged(firstLine(e), e);
        }
    }

    /** Of which migrations it was the last time that Flyway looked; of none that would be 0. */
    private static int passed(Handle h) {
        return h.createQuery("PRAGMA user_version").mapTo(int.class).one();
    }

    private static int fingerprint() {
        CRC32 all = new CRC32();
        for (String migration : MIGRATIONS) {
            try (InputStream script = LedgerFile.class.getResourceAsStream("/" + FOLDER + "/" + migration)) {
                all.update(script.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return (int) all.getValue();
    }

    /** Whether the next start of a server brings it up to date. */
    boolean isOlder(DataSource source) {
        try {
            int version = Jdbi.create(source).withHandle(LedgerFile::version);
            if (version > VERSION) {
                throw otherVersion("version " + version + ", where this one knows " + VERSION, null);
            }
            return version < VERSION;
        } catch (JdbiException e) {
            throw damaged(firstLine(e), e);
        }
    }

    /** Connections that write, and read while another writes. */
    DataSource writing() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.enforceForeignKeys(true);
        // what a statement needs to take itself back is of no use after a crash; in a file it is written for each row that has a trigger
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        return source(config, url);
    }

    /**
     * Connections that only read.
     *
     * <p>Where a write-ahead log lies beside it, somebody has the ledger open or fell over it; SQLite then reads both, and
     * leaves both as they are. Where none does, SQLite would lay down one, and leave it: so it is told that nobody writes.
     */
    DataSource readOnly() {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        boolean inUse = Files.exists(path.resolveSibling(path.getFileName() + "-wal"));
        return source(config, inUse ? url : "jdbc:sqlite:" + path.toAbsolutePath().toUri().toASCIIString() + "?immutable=1");
    }

    private void check(DataSource source) {
        try {
            String found = Jdbi.create(source).withHandle(h -> h.createQuery("PRAGMA quick_check(1)")
                .mapTo(String.class).one());
            if (!found.equals("ok")) {
                throw damaged(found.lines().reduce((first, last) -> last).orElse(found), null);
            }
        } catch (JdbiException e) {
            throw damaged(firstLine(e), e);
        }
    }

    private static int version(Handle h) {
        return h.createQuery("SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success").mapTo(int.class).one();
    }

    private LedgerException otherVersion(String what, Exception cause) {
        return new LedgerException("Could not use the ledger " + url + ": it is of another version than this Dropfolder ("
            + what + "). Start the version that wrote it, or a newer one.", cause);
    }

    private LedgerException damaged(String what, Exception cause) {
        return new LedgerException("Could not open the ledger " + url + ": " + what
            + ". Look whether the file is damaged or the folder full or read-only; restore it from a backup, "
                + "and take the files away that end in -wal and -shm.", cause);
    }

    private static String firstLine(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage()).lines().findFirst().orElse(deepest.getClass().getSimpleName());
    }

    private static DataSource source(SQLiteConfig config, String url) {
        config.setBusyTimeout(BUSY_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(url);
        return source;
    }
}
