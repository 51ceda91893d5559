package org.dropfolder.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Fills a ledger, which has to be there, with what years of work leave in it. */
public final class FilledLedger {
    private static final long LONG_AGO = 1_750_000_000_000L;

    private FilledLedger() { }

    /** So many datasets, each with so many uploaded images and its model; no file of them is there. */
    public static void fill(Path file, int datasets, int images) throws Exception {
        try (Connection connection = open(file); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            images(statement, datasets * images, images);
            statement.execute("""
                INSERT INTO training (dataset_id, run, state, model_name, model_id, images, price, created_at, intended_at, started_at, status,
                  uri, uri_at, ended_at, announced_at)
                SELECT id, 1, 'COMPLETED', name, 'm' || remote_id, %2$d, '40', %1$d, %1$d, %1$d, 'COMPLETED', 'model/' || name, %1$d, %1$d, %1$d
                FROM dataset WHERE remote_id LIKE 'd%%'""".formatted(LONG_AGO, images));
            connection.commit();
        }
    }

    /** So many trainings that are under way, each of a dataset of 20 images; one of dataset <i>d7</i> has the model <i>md7</i>. */
    public static void train(Path file, int trainings) throws Exception {
        try (Connection connection = open(file); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            images(statement, trainings * 20, 20);
            statement.execute("""
                INSERT INTO training (dataset_id, run, state, model_name, model_id, images, price, created_at, intended_at, started_at, next_look)
                SELECT id, 1, 'RUNNING', name, 'm' || remote_id, 20, '40', %1$d, %1$d, %1$d, %1$d FROM dataset
                WHERE remote_id LIKE 'd%%'""".formatted(System.currentTimeMillis()));
            connection.commit();
        }
    }

    /** When the ledger learnt of each end, by the id of its model. */
    public static Map<String, Instant> ends(Path file) throws Exception {
        Map<String, Instant> ends = new HashMap<>();
        try (Connection connection = open(file); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT model_id, ended_at FROM training WHERE ended_at IS NOT NULL")) {
            while (rows.next()) {
                ends.put(rows.getString(1), Instant.ofEpochMilli(rows.getLong(2)));
            }
        }
        return ends;
    }

    private static Connection open(Path file) throws Exception {
        if (!Files.exists(file)) {
            throw new IllegalStateException("Could not open " + file + ": somebody has to make it first.");
        }
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private static void images(Statement statement, int images, int each) throws SQLException {
        statement.execute("""
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %d)
            INSERT INTO dataset (name, folder_key, remote_name, remote_id, state, last_arrival)
            SELECT 'set ' || i, 'set ' || i, 'set-' || i, 'd' || i, 'READY', 1750000000000 + i FROM n""".formatted(images / each));
        statement.execute("""
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %1$d)
            INSERT INTO asset (dataset_id, kind, state, becomes, source, target, stem, size, modified, sha256, crc32, sent_name,
              sent_stem, arrived_at, changed_at)
            SELECT (SELECT id FROM dataset WHERE name = 'set ' || (i / %2$d)), 'IMAGE', 'UPLOADED', 'ACCEPTED',
              'set ' || (i / %2$d) || '/image-' || i || '.png', 'done/set ' || (i / %2$d) || '/' || i || '-image-' || i || '.png',
              'set ' || (i / %2$d) || '/image-' || i, 4096, 1750000000000, printf('%%064x', i), i, 'image-' || i || '.png', 'image-' || i,
              1750000000000 + i, 1750000000000 + i FROM n""".formatted(images, each));
    }
}
