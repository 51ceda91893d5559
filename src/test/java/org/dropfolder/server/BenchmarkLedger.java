package org.dropfolder.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** Fills a ledger that a server has made with what years of work leave there. */
final class BenchmarkLedger {
    private BenchmarkLedger() { }

    /** So many uploaded images, a hundred of them in each dataset; no file of them is there. */
    static void fill(Path data, int images) throws Exception {
        Path file = data.resolve("ledger.db");
        if (!Files.exists(file)) {
            throw new IllegalStateException("Could not fill " + file + ": a server has to make it first.");
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("""
                WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %d)
                INSERT INTO dataset (name, folder_key, remote_name, remote_id, state, last_arrival)
                SELECT 'set ' || i, 'set ' || i, 'set-' || i, 'd' || i, 'READY', 1750000000000 + i FROM n""".formatted(images / 100));
            statement.execute("""
                WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %d)
                INSERT INTO asset (dataset_id, kind, state, becomes, source, target, stem, size, modified, sha256, crc32, sent_name,
                  sent_stem, arrived_at, changed_at)
                SELECT (SELECT id FROM dataset WHERE name = 'set ' || (i / 100)), 'IMAGE', 'UPLOADED', 'ACCEPTED',
                  'set ' || (i / 100) || '/image-' || i || '.png', 'done/set ' || (i / 100) || '/' || i || '-image-' || i || '.png',
                  'set ' || (i / 100) || '/image-' || i, 4096, 1750000000000, printf('%%064x', i), i, 'image-' || i || '.png', 'image-' || i,
                  1750000000000 + i, 1750000000000 + i FROM n""".formatted(images));
            connection.commit();
        }
    }
}
