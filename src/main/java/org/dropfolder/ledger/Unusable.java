package org.dropfolder.ledger;

import java.util.EnumSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells failures of the database's file, which are no fault of the statement that met them, from all others. */
final class Unusable {
    /** A file that is not what SQLite wrote. */
    static final String DAMAGED = "The ledger is damaged, so nothing is read or sent any more. Stop the server, keep the damaged "
        + "file, restore the ledger from a backup, and start again; the dropped files stay where they are.";

    private static final Set<SQLiteErrorCode> DAMAGE = EnumSet.of(SQLiteErrorCode.SQLITE_CORRUPT, SQLiteErrorCode.SQLITE_NOTADB);
    private static final Set<SQLiteErrorCode> PASSING = EnumSet.of(SQLiteErrorCode.SQLITE_FULL, SQLiteErrorCode.SQLITE_BUSY,
        SQLiteErrorCode.SQLITE_LOCKED, SQLiteErrorCode.SQLITE_PROTOCOL, SQLiteErrorCode.SQLITE_READONLY,
        SQLiteErrorCode.SQLITE_IOERR, SQLiteErrorCode.SQLITE_CANTOPEN);
    /** What SQLite adds to an error's code says more of it in the higher bytes. */
    private static final int KIND = 0xff;

    private Unusable() { }

    /** Whether the file can't be believed any more. */
    static boolean isDamage(JdbiException failure) {
        return code(failure).filter(DAMAGE::contains).isPresent();
    }

    /** A {@link LedgerException} where the file is damaged or can't be used now; else the failure as it is. */
    static RuntimeException of(JdbiException failure) {
        if (isDamage(failure)) {
            return new LedgerException(DAMAGED, failure);
        }
        // the pool says so where no connection came back in time
        Optional<String> why = code(failure).filter(PASSING::contains).map(code -> code.message)
            .or(() -> causes(failure).anyMatch(NoSuchElementException.class::isInstance)
                ? Optional.of("it was busy for too long") : Optional.empty());
        return why.<RuntimeException>map(reason -> new LedgerException("Could not use the ledger: " + reason
            + ". Look whether the data folder is full, read-only, or used by another program; it is tried again.", failure))
            .orElse(failure);
    }

    /** Whether whatever else were written now would fail just so. */
    static boolean isOfTheFile(RuntimeException failure) {
        return failure instanceof JdbiException database && of(database) instanceof LedgerException;
    }

    private static Optional<SQLiteErrorCode> code(JdbiException failure) {
        return causes(failure).filter(SQLiteException.class::isInstance).map(SQLiteException.class::cast).findFirst()
            .map(sqlite -> SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & KIND));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
