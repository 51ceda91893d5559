package org.dropfolder.ledger;

import java.time.Instant;
import java.util.List;

/** The captions, and the images that they belong to. Thread safe; each call is one transaction. */
public final class Captions {
    private final Ledger ledger;

    Captions(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * The images of this stem, whatever became of them, in the order of their arrival; those that are to be converted are among
     * them, and those that found no room in the dataset and went into the next.
     */
    public List<Asset> imagesOf(long datasetId, String stem) {
        return ledger.read(h -> h.createQuery("SELECT * FROM asset WHERE stem = :stem AND kind IN ('IMAGE', 'ORIGINAL') AND "
                + Chain.OF_DATASET + " ORDER BY id")
            .bind("dataset", datasetId).bind("stem", stem).mapTo(Asset.class).list());
    }

    /** Captions that came before the given moment and have no image that still waits, or is still in a container that does. */
    public List<Asset> lonely(Instant before) {
        return ledger.read(h -> h.createQuery("SELECT * FROM asset c WHERE c.kind = 'CAPTION' AND c.state = 'ACCEPTED' "
                + "AND c.arrived_at < :before AND NOT EXISTS (SELECT 1 FROM asset i WHERE i.dataset_id = c.dataset_id "
                + "AND i.stem = c.stem AND i.kind IN ('IMAGE', 'ORIGINAL') AND i.state IN ('ARRIVING', 'ACCEPTED', 'BATCHED')) "
                + "AND NOT EXISTS (SELECT 1 FROM asset o WHERE o.id = c.origin_id AND o.state = 'ACCEPTED')")
            .bind("before", before).mapTo(Asset.class).list());
    }
}
