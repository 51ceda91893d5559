package org.dropfolder.ledger;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What people set in datasets' folders. Thread safe; each call is one transaction. */
public final class FolderFiles {
    private final Ledger ledger;
    private final Clock clock;

    FolderFiles(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The dataset's, by where they lie; more than one where several folders are its own. */
    public List<FolderFile> of(long datasetId) {
        return ledger.read(h -> h.createQuery("SELECT source, dataset_id, settings, trouble FROM folder_settings "
                + "WHERE dataset_id = :dataset ORDER BY source")
            .bind("dataset", datasetId).mapTo(FolderFile.class).list());
    }

    public List<FolderFile> all() {
        return ledger.read(h -> h.createQuery("SELECT source, dataset_id, settings, trouble FROM folder_settings ORDER BY source")
            .mapTo(FolderFile.class).list());
    }

    /**
     * The file is this now.
     *
     * @param what it sets, or why it can't be used, for the history
     * @return whether that is another than was known
     */
    public boolean read(FolderFile file, String what) {
        return ledger.write(h -> {
            h.createUpdate("DELETE FROM folder_settings WHERE source = :source AND dataset_id <> :dataset")
                .bind("source", file.source()).bind("dataset", file.datasetId()).execute();
            int changed = h.createUpdate("INSERT INTO folder_settings (source, dataset_id, settings, trouble, read_at) "
                    + "VALUES (:source, :dataset, :settings, :trouble, :now) ON CONFLICT (source) DO UPDATE "
                    + "SET settings = :settings, trouble = :trouble, read_at = :now "
                    + "WHERE (settings, trouble) IS NOT (:settings, :trouble)")
                .bind("source", file.source()).bind("dataset", file.datasetId()).bind("settings", file.settings())
                .bind("trouble", file.trouble()).bind("now", clock.instant()).execute();
            if (changed == 1) {
                ledger.history().tell(h, file.datasetId(), what);
            }
            return changed == 1;
        });
    }

    /** No such file is there any more. Answers what it was, if one was known. */
    public Optional<FolderFile> gone(String source) {
        return ledger.write(h -> {
            Optional<FolderFile> known = h.createQuery("SELECT source, dataset_id, settings, trouble FROM folder_settings WHERE source = :source")
                .bind("source", source).mapTo(FolderFile.class).findOne();
            known.ifPresent(file -> {
                h.createUpdate("DELETE FROM folder_settings WHERE source = :source").bind("source", source).execute();
                ledger.history().tell(h, file.datasetId(), "dropfolder.yaml is gone: the server's own settings hold again");
            });
            return known;
        });
    }

    /** None counts any more. */
    public void forget() {
        if (!all().isEmpty()) {
            ledger.change(h -> h.execute("DELETE FROM folder_settings"));
        }
    }
}
