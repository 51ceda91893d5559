package org.dropfolder.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What holds of a dataset's rows after each commit, whatever happened before. */
final class Invariants {
    /** Each selects what must not be. */
    private static final Map<String, String> NEVER = new LinkedHashMap<>();

    static {
        NEVER.put("two open batches",
            "SELECT 1 FROM batch WHERE dataset_id = :id AND state IN ('CLAIMED', 'SENT', 'IN_DOUBT') GROUP BY dataset_id HAVING count(*) > 1");
        NEVER.put("a content twice",
            "SELECT 1 FROM asset WHERE dataset_id = :id AND " + Copies.LIVE + " GROUP BY sha256 HAVING count(*) > 1");
        NEVER.put("a name twice",
            "SELECT 1 FROM asset WHERE dataset_id = :id AND " + Copies.LIVE + " GROUP BY sent_stem HAVING count(*) > 1");
        NEVER.put("an image that waits and has no name",
            "SELECT 1 FROM asset WHERE dataset_id = :id AND " + Copies.LIVE + " AND sent_name IS NULL");
        NEVER.put("a batched file without an open batch",
            "SELECT 1 FROM asset a LEFT JOIN batch b ON b.id = a.batch_id WHERE a.dataset_id = :id AND a.state = 'BATCHED' "
            + "AND (b.id IS NULL OR b.state NOT IN ('CLAIMED', 'SENT', 'IN_DOUBT'))");
        NEVER.put("an open batch without all of its images",
            "SELECT 1 FROM batch b WHERE b.dataset_id = :id AND b.state IN ('CLAIMED', 'SENT', 'IN_DOUBT') AND b.images <> "
            + "(SELECT count(*) FROM asset a WHERE a.batch_id = b.id AND a.kind = 'IMAGE' AND a.state = 'BATCHED')");
        NEVER.put("an uploaded image whose batch is not",
            "SELECT 1 FROM asset a LEFT JOIN batch b ON b.id = a.batch_id WHERE a.dataset_id = :id AND a.kind = 'IMAGE' "
            + "AND a.state = 'UPLOADED' AND (b.id IS NULL OR b.state <> 'UPLOADED')");
        NEVER.put("a duplicate without a first copy that counts",
            "SELECT 1 FROM asset d LEFT JOIN asset f ON f.id = d.first_id WHERE d.dataset_id = :id AND d.state = 'DUPLICATE' "
            + "AND d.moving_from IS NULL AND (f.id IS NULL OR f.state = 'REJECTED' OR f.becomes = 'DUPLICATE')");
        NEVER.put("a file set aside without a reason",
            "SELECT 1 FROM asset WHERE dataset_id = :id AND state = 'REJECTED' AND reason IS NULL");
        NEVER.put("a file that is arriving and leaving",
            "SELECT 1 FROM asset WHERE dataset_id = :id AND state = 'ARRIVING' AND moving_from IS NOT NULL");
        NEVER.put("a claim without an owner",
            "SELECT 1 FROM batch WHERE dataset_id = :id AND state IN ('CLAIMED', 'SENT') AND owner = ''");
        NEVER.put("an intent without an owner, or before it was noted",
            "SELECT 1 FROM training WHERE dataset_id = :id AND state = 'INTENDED' AND (owner IS NULL OR intended_at IS NULL)");
        NEVER.put("a training that is followed and has no model",
            "SELECT 1 FROM training WHERE dataset_id = :id AND state IN ('RUNNING', 'COMPLETED', 'STALLED') AND model_id IS NULL");
        NEVER.put("a model of a training that was not sent",
            "SELECT 1 FROM training WHERE dataset_id = :id AND state IN ('WAITING', 'INTENDED') AND model_id IS NOT NULL");
        NEVER.put("a dataset that is ready and has no id",
            "SELECT 1 FROM dataset WHERE id = :id AND (state = 'READY') <> (remote_id IS NOT NULL)");
        NEVER.put("a batch in doubt that nobody looks for, or the other way round",
            "SELECT 1 WHERE (SELECT count(*) FROM batch WHERE dataset_id = :id AND state = 'IN_DOUBT') <> "
            + "(SELECT count(*) FROM doubt WHERE dataset_id = :id AND what = 'BATCH')");
        NEVER.put("a training in doubt that nobody looks for, or the other way round",
            "SELECT 1 WHERE (SELECT count(*) FROM training WHERE dataset_id = :id AND state = 'IN_DOUBT') <> "
            + "(SELECT count(*) FROM doubt WHERE dataset_id = :id AND what = 'TRAINING')");
        NEVER.put("a creation in doubt that nobody looks for, or the other way round",
            "SELECT 1 WHERE (SELECT count(*) FROM dataset WHERE id = :id AND state = 'IN_DOUBT') <> "
            + "(SELECT count(*) FROM doubt WHERE dataset_id = :id AND what = 'CREATION')");
    }

    private Invariants() { }

    /** Those that are broken, in words. */
    static List<String> broken(Ledger ledger, long datasetId) {
        return ledger.read(h -> {
            List<String> broken = new ArrayList<>();
            NEVER.forEach((what, query) -> {
                if (!h.createQuery(query).bind("id", datasetId).mapTo(int.class).list().isEmpty()) {
                    broken.add(what);
                }
            });
            return broken;
        });
    }
}
