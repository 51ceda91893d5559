package org.dropfolder.server;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dropfolder.corpus.Found;
import org.dropfolder.corpus.InBucket;
import org.dropfolder.corpus.Inbox;
import org.dropfolder.corpus.OnDisk;
import org.dropfolder.corpus.Row;

/** Drops what is due of each row. */
final class Dropping {
    private final Inbox inbox;
    private final Map<Row, Integer> next = new LinkedHashMap<>();

    Dropping(Inbox inbox, List<Row> rows) throws IOException {
        this.inbox = inbox;
        for (Row row : rows) {
            next.put(row, 0);
            drop(row);
        }
    }

    void goOn(Map<String, Found> found) throws IOException {
        for (Row row : next.keySet()) {
            Found there = found.get(row.dataset());
            if (next.get(row) < row.phases().size() && there != null) {
                int sent = row.phases().get(next.get(row)).sent();
                if (sent < 0 ? there.inbox().isEmpty() : there.sent().size() >= sent) {
                    drop(row);
                }
            }
        }
    }

    boolean isOver() {
        return next.entrySet().stream().allMatch(row -> row.getValue() == row.getKey().phases().size());
    }

    private void drop(Row row) throws IOException {
        Row.Phase phase = row.phases().get(next.merge(row, 1, Integer::sum) - 1);
        Map<String, byte[]> files = new LinkedHashMap<>();
        phase.files().forEach((path, bytes) -> files.put(row.resolved(path), bytes));
        for (InBucket action : phase.inBucket()) {
            action.make(inbox.bucket().orElseThrow(), row.dataset() + "/");
        }
        inbox.drop(files);
        for (OnDisk action : phase.onDisk()) {
            action.make(Files.createDirectories(inbox.disk().orElseThrow().resolve(row.dataset())));
        }
    }
}
