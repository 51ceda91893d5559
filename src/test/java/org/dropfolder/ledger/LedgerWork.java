package org.dropfolder.ledger;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteUpdateListener;

/**
 * What a ledger makes its database do, counted: for tests of what must not grow. Times differ from machine to machine and from run
 * to run, these numbers don't.
 *
 * @param statements that were sent, one that is sent for many rows at once as one
 * @param commits    of transactions that changed a row, each of which waits for the disk
 * @param steps      of SQLite's own machine, to the nearest ten of each statement: what it looks at, and what triggers do, costs some
 */
public record LedgerWork(int statements, int commits, long steps) {
    private static final int STEPS = 10;

    /** What is to be counted. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /** Counts what others do meanwhile, too. */
    public static LedgerWork of(Ledger ledger, Work work) throws Exception {
        Counter counter = new Counter();
        ledger.read(Handle::getJdbi).setSqlLogger(counter);
        ledger.write(Handle::getJdbi).setSqlLogger(counter);
        eachConnection(ledger, counter::begin);
        try {
            work.run();
            return new LedgerWork(counter.statements.get(), counter.commits.get(), counter.steps.get());
        } finally {
            eachConnection(ledger, counter::end);
            ledger.read(Handle::getJdbi).setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
            ledger.write(Handle::getJdbi).setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
        }
    }

    public LedgerWork minus(LedgerWork other) {
        return new LedgerWork(statements - other.statements, commits - other.commits, steps - other.steps);
    }

    private interface ConnectionWork {
        void with(SQLiteConnection connection) throws SQLException;
    }

    private static void eachConnection(Ledger ledger, ConnectionWork work) {
        // those that read are handed out to whoever asks: to have all, each is held until all are there
        holding(ledger, Ledger.READERS, work);
        ledger.write(h -> with(h, work));
    }

    private static void holding(Ledger ledger, int more, ConnectionWork work) {
        if (more > 0) {
            ledger.read(h -> {
                holding(ledger, more - 1, work);
                return with(h, work);
            });
        }
    }

    private static boolean with(Handle handle, ConnectionWork work) {
        try {
            work.with(handle.getConnection().unwrap(SQLiteConnection.class));
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Counter extends ProgressHandler implements SqlLogger, SQLiteUpdateListener, SQLiteCommitListener {
        private final AtomicInteger statements = new AtomicInteger();
        private final AtomicInteger commits = new AtomicInteger();
        private final AtomicLong steps = new AtomicLong();
        private final AtomicBoolean changed = new AtomicBoolean();

        void begin(SQLiteConnection connection) throws SQLException {
            connection.addUpdateListener(this);
            connection.addCommitListener(this);
            setHandler(connection, STEPS, this);
        }

        void end(SQLiteConnection connection) throws SQLException {
            clearHandler(connection);
            connection.removeCommitListener(this);
            connection.removeUpdateListener(this);
        }

        @Override
        public void logAfterExecution(StatementContext context) {
            statements.incrementAndGet();
        }

        @Override
        protected int progress() {
            steps.addAndGet(STEPS);
            return 0;
        }

        @Override
        public void onUpdate(Type type, String database, String table, long row) {
            changed.set(true);
        }

        /** The driver also ends transactions of which nobody knows, and in which nothing happened. */
        @Override
        public void onCommit() {
            if (changed.getAndSet(false)) {
                commits.incrementAndGet();
            }
        }

        @Override
        public void onRollback() {
            changed.set(false);
        }
    }
}
