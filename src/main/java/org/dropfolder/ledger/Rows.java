package org.dropfolder.ledger;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * What the rows say that are read several times for each image. By hand, since finding out for each query anew which column is
 * which of a record's parts took longer than the query.
 */
final class Rows {
    private Rows() { }

    static Asset asset(ResultSet row, StatementContext context) throws SQLException {
        return new Asset(row.getLong("id"), row.getLong("dataset_id"), AssetKind.valueOf(row.getString("kind")),
            AssetState.valueOf(row.getString("state")), AssetState.valueOf(row.getString("becomes")), row.getString("source"),
            row.getString("target"), text(row, "moving_from"), row.getString("stem"), row.getLong("size"), moment(row, "modified"),
            row.getString("version"), row.getString("sha256"), row.getLong("crc32"), text(row, "sent_name"), text(row, "caption"),
            number(row, "first_id"), number(row, "batch_id"), row.getInt("tries"), text(row, "reason"), moment(row, "arrived_at"));
    }

    static Dataset dataset(ResultSet row, StatementContext context) throws SQLException {
        return new Dataset(row.getLong("id"), row.getString("name"), row.getString("folder_key"), row.getString("remote_name"),
            text(row, "remote_id"), DatasetState.valueOf(row.getString("state")), number(row, "overflow_of"), row.getBoolean("adopted"),
            number(row, "found_images").map(Math::toIntExact), text(row, "found_models"), moment(row, "last_arrival"),
            row.getInt("failures"), perhaps(row, "retry_at"), text(row, "trouble"));
    }

    static Batch batch(ResultSet row, StatementContext context) throws SQLException {
        return new Batch(row.getLong("id"), row.getLong("dataset_id"), BatchState.valueOf(row.getString("state")), row.getInt("count_before"),
            row.getInt("images"), row.getLong("bytes"), moment(row, "claimed_at"), perhaps(row, "sent_at"), perhaps(row, "ended_at"),
            text(row, "trouble"));
    }

    static Training training(ResultSet row, StatementContext context) throws SQLException {
        return new Training(row.getLong("id"), row.getLong("dataset_id"), row.getInt("run"), TrainingState.valueOf(row.getString("state")),
            row.getString("model_name"), text(row, "model_id"), row.getInt("images"), text(row, "price").map(BigDecimal::new),
            perhaps(row, "approved_at"), text(row, "known_models"), moment(row, "created_at"), perhaps(row, "intended_at"),
            perhaps(row, "started_at"), perhaps(row, "next_look"), text(row, "status"), text(row, "uri"), perhaps(row, "ended_at"),
            perhaps(row, "announced_at"), row.getInt("failures"), perhaps(row, "retry_at"), text(row, "trouble"), text(row, "hyperparameters"));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static Optional<Long> number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    private static Optional<Instant> perhaps(ResultSet row, String column) throws SQLException {
        return number(row, column).map(Instant::ofEpochMilli);
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }
}
