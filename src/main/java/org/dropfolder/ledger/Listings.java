package org.dropfolder.ledger;

import java.util.List;
import java.util.Optional;

/**
 * What a page names that has room for some: a dataset's newest files of a kind, and how many there are in all; its newest
 * model. Reads only, in memory that does not grow with them. Thread safe.
 */
public final class Listings {
    private final Ledger ledger;

    Listings(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Some of many.
     *
     * @param count of all
     */
    public record Listing<T>(int count, List<T> newest) { }

    /**
     * An image that was dropped once more.
     *
     * @param source where it was dropped, below the inbox
     * @param first  where its first copy was
     */
    public record Copy(String source, String first) { }

    /** Images and captions that were set aside. */
    public Listing<Asset> setAside(long datasetId, int atMost) {
        return new Listing<>(count(datasetId, AssetState.REJECTED), ledger.assets().rejected(datasetId, atMost));
    }

    /** Archives of which not all was of use; their reason tells what was not. */
    public Listing<Asset> partlyUsed(long datasetId, int atMost) {
        String archives = " FROM asset WHERE dataset_id = :dataset AND kind = 'ARCHIVE' AND state = 'UPLOADED' AND reason IS NOT NULL";
        return ledger.read(h -> new Listing<>(
            h.createQuery("SELECT count(*)" + archives).bind("dataset", datasetId).mapTo(int.class).one(),
            h.createQuery("SELECT *" + archives + " ORDER BY changed_at DESC, id DESC LIMIT :most")
                .bind("dataset", datasetId).bind("most", atMost).mapTo(Asset.class).list()));
    }

    /** Images whose content the dataset had, or was about to get. */
    public Listing<Copy> copies(long datasetId, int atMost) {
        return new Listing<>(count(datasetId, AssetState.DUPLICATE), ledger.read(h -> h.createQuery("SELECT c.source, f.source AS first "
                + "FROM asset c JOIN asset f ON f.id = c.first_id WHERE c.dataset_id = :dataset AND c.state = 'DUPLICATE' "
                + "ORDER BY c.id DESC LIMIT :most")
            .bind("dataset", datasetId).bind("most", atMost)
            .map((row, context) -> new Copy(row.getString("source"), row.getString("first"))).list()));
    }

    /** The newest training of the dataset whose model can be used, also while another is under way. */
    public Optional<Training> model(long datasetId) {
        return ledger.read(h -> h.createQuery("SELECT * FROM training WHERE dataset_id = :dataset AND uri IS NOT NULL "
                + "ORDER BY run DESC LIMIT 1").bind("dataset", datasetId).mapTo(Training.class).findOne());
    }

    /** The images that are in the dataset or on their way there, the newest first. */
    public List<Asset> images(long datasetId, int atMost) {
        return ledger.read(h -> h.createQuery("SELECT * FROM asset WHERE dataset_id = :dataset AND kind = 'IMAGE' "
                + "AND state IN ('ACCEPTED', 'BATCHED', 'UPLOADED') ORDER BY id DESC LIMIT :most")
            .bind("dataset", datasetId).bind("most", atMost).mapTo(Asset.class).list());
    }

    /** An image of the dataset, also one that was set aside. */
    public Optional<Asset> image(long datasetId, long id) {
        return ledger.read(h -> h.createQuery("SELECT * FROM asset WHERE id = :id AND dataset_id = :dataset AND kind = 'IMAGE'")
            .bind("id", id).bind("dataset", datasetId).mapTo(Asset.class).findOne());
    }

    /** The files that were dropped at this place below the inbox, one after the other; the newest first. */
    public List<Asset> droppedAt(String source, int atMost) {
        return some("source = :what", source, atMost);
    }

    /** The files whose owners gave them this name, wherever they dropped them; the newest first. */
    public List<Asset> named(String name, int atMost) {
        // word for word as the index has it, which is not used otherwise
        return some("substr(source, length(rtrim(source, replace(source, '/', ''))) + 1) = :what", name, atMost);
    }

    /** The file that belongs at this place below the data folder. */
    public Optional<Asset> at(String target) {
        return some("target = :what", target, 1).stream().findFirst();
    }

    /** The file of this id, of whatever dataset. */
    public Optional<Asset> withId(long id) {
        return some("id = :what", id, 1).stream().findFirst();
    }

    private List<Asset> some(String condition, Object what, int atMost) {
        return ledger.read(h -> h.createQuery("SELECT * FROM asset WHERE " + condition + " ORDER BY id DESC LIMIT :most")
            .bind("what", what).bind("most", atMost).mapTo(Asset.class).list());
    }

    /** The dataset's trainings, the newest first. */
    public List<Training> trainings(long datasetId, int atMost) {
        return ledger.read(h -> h.createQuery("SELECT * FROM training WHERE dataset_id = :dataset ORDER BY run DESC LIMIT :most")
            .bind("dataset", datasetId).bind("most", atMost).mapTo(Training.class).list());
    }

    private int count(long datasetId, AssetState state) {
        return ledger.read(h -> h.createQuery("SELECT count(*) FROM asset WHERE dataset_id = :dataset AND state = :state")
            .bind("dataset", datasetId).bind("state", state).mapTo(int.class).one());
    }
}
