package org.dropfolder.ledger;

import java.time.Duration;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.DataSourceConnectionFactory;
import org.apache.commons.dbcp2.PoolableConnection;
import org.apache.commons.dbcp2.PoolableConnectionFactory;
import org.apache.commons.dbcp2.PoolingDataSource;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** Connections to the ledger that are used again, each with the statements that it has prepared. Thread safe. */
final class Connections implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** More than there are statements in this package; a bound, should one ever be put together from values. */
    private static final int STATEMENTS = 300;

    private final GenericObjectPool<PoolableConnection> pool;

    /** @param size how many there are at most */
    Connections(DataSource source, int size) {
        PoolableConnectionFactory connections = new PoolableConnectionFactory(new DataSourceConnectionFactory(source), null);
        connections.setPoolStatements(true);
        connections.setMaxOpenPreparedStatements(STATEMENTS);
        GenericObjectPoolConfig<PoolableConnection> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(size);
        config.setMaxIdle(size);
        config.setMaxWait(LONGEST_WAIT);
        // nobody manages it, and Java's own beans would be loaded for it
        config.setJmxEnabled(false);
        pool = new GenericObjectPool<>(connections, config);
        connections.setPool(pool);
    }

    DataSource source() {
        return new PoolingDataSource<>(pool);
    }

    @Override
    public void close() {
        pool.close();
    }
}
