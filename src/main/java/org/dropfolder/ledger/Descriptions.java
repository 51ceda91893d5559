package org.dropfolder.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * What a machine says of images that came without a caption: of each content once, and what may have been paid is not asked for
 * again. Thread safe; each call is one transaction.
 */
public final class Descriptions {
    /** The budget counts whatever may have been paid in this time. */
    private static final Duration DAY = Duration.ofHours(24);
    private static final String OURS = " WHERE id = :id AND owner = :owner AND state = 'INTENDED'";

    private final Ledger ledger;
    private final Lease lease;

    Descriptions(Ledger ledger, Lease lease) {
        this.ledger = ledger;
        this.lease = lease;
    }

    /** The first images of the dataset that wait for a batch, those among them for which no caption came, or one without a word. */
    public List<Undescribed> waiting(long datasetId, int first) {
        return ledger.read(h -> with(h, h.createQuery("SELECT * FROM (SELECT * FROM asset WHERE dataset_id = :dataset AND kind = 'IMAGE' "
                + "AND state = 'ACCEPTED' ORDER BY id LIMIT :first) i WHERE NOT EXISTS (SELECT 1 FROM asset c WHERE c.dataset_id = :dataset "
                + "AND c.stem = i.stem AND c.kind = 'CAPTION' AND (c.state = 'ARRIVING' OR c.state = 'ACCEPTED' AND c.caption IS NOT NULL)) ORDER BY id")
            .bind("dataset", datasetId).bind("first", first).mapTo(Asset.class).list()));
    }

    /** How many may have been paid in the last 24 hours. */
    public int askedToday() {
        return ledger.read(this::askedToday);
    }

    /**
     * Writes down which images' contents are to be described, or never are, those about which nothing was written down.
     *
     * @param whyNot why an image is never described, if so
     */
    public void begin(List<Asset> images, Function<Asset, Optional<String>> whyNot) {
        ledger.change(h -> images.forEach(image -> {
            Optional<String> why = whyNot.apply(image);
            int begun = h.createUpdate("INSERT INTO description (sha256, dataset_id, state, since, trouble) "
                    + "VALUES (:sha, :dataset, :state, :now, :why) ON CONFLICT DO NOTHING")
                .bind("sha", image.sha256()).bind("dataset", image.datasetId()).bind("now", lease.now()).bind("why", why)
                .bind("state", why.isPresent() ? DescriptionState.NONE : DescriptionState.WAITING).execute();
            why.ifPresent(words -> told(h, image, begun, "goes without a caption: " + words));
        }));
    }

    /** What was written down about an image's content. */
    public Optional<Description> of(Asset image) {
        return ledger.read(h -> with(h, List.of(image)).get(0).description());
    }

    /**
     * Commits the intent to ask. Only the one caller who gets true may send the request, once.
     *
     * @param budget how many in 24 hours, at most
     */
    public boolean intend(Description description, int budget) {
        return ledger.write(h -> askedToday(h) < budget && h.createUpdate("UPDATE description SET state = 'INTENDED', asked_at = :now, "
                + "owner = :owner, expires_at = :expiry, retry_at = NULL, trouble = NULL WHERE id = :id AND state = 'WAITING' "
                + "AND (retry_at IS NULL OR retry_at <= :now)")
            .bind("now", lease.now()).bind("owner", lease.owner()).bind("expiry", lease.expiry()).bind("id", description.id()).execute() == 1);
    }

    /** The request is about to be sent: its claim is good for another while. Answers whether it is still ours. */
    public boolean renew(Description description) {
        return ledger.write(h -> ours(h.createUpdate("UPDATE description SET expires_at = :expiry" + OURS), description)
            .bind("expiry", lease.expiry()).execute() == 1);
    }

    /** It was answered, whatever was thought of it meanwhile. */
    public void written(Asset image, Description description, String text) {
        ledger.change(h -> told(h, image, h.createUpdate("UPDATE description SET state = 'WRITTEN', text = :text, expires_at = NULL, trouble = NULL "
                + "WHERE id = :id AND state IN ('INTENDED', 'IN_DOUBT')")
            .bind("text", text).bind("id", description.id()).execute(), "was described by a machine: " + text));
    }

    /** The request surely did not happen, even if its claim ran out meanwhile: it is sent later. */
    public void notAsked(Description description, String why, Instant retryAt) {
        ledger.change(h -> ours(h.createUpdate("UPDATE description SET state = 'WAITING', asked_at = NULL, expires_at = NULL, failures = failures + 1, "
                + "retry_at = :retry, trouble = :why WHERE id = :id AND owner = :owner AND state IN ('INTENDED', 'IN_DOUBT')"), description)
            .bind("retry", retryAt).bind("why", why).execute());
    }

    /** It may have been paid: it is not asked for again, and the image goes without. */
    public void inDoubt(Asset image, Description description, String why) {
        ledger.change(h -> told(h, image, ours(h.createUpdate("UPDATE description SET state = 'IN_DOUBT', expires_at = NULL, trouble = :why" + OURS),
            description).bind("why", why).execute(), "goes without a caption: " + why));
    }

    /**
     * It was asked for, and there is none.
     *
     * @param unpaid whether the request surely was not carried out
     * @return whether the intent was still ours
     */
    public boolean none(Asset image, Description description, String why, boolean unpaid) {
        return ledger.write(h -> told(h, image, ours(h.createUpdate("UPDATE description SET state = 'NONE', expires_at = NULL, trouble = :why, "
                + "asked_at = CASE WHEN :unpaid THEN NULL ELSE asked_at END" + OURS), description)
            .bind("why", why).bind("unpaid", unpaid).execute(), "goes without a caption: " + why));
    }

    /**
     * It was not asked for in time, and is not any more.
     *
     * @return whether it still waited: one that is being asked for is left alone
     */
    public boolean giveUp(Asset image, Description description, String why) {
        return ledger.write(h -> told(h, image, h.createUpdate("UPDATE description SET state = 'NONE', trouble = :why WHERE id = :id AND state = 'WAITING'")
            .bind("why", why).bind("id", description.id()).execute(), "goes without a caption: " + why));
    }

    /** Intents whose owner fell silent may have been paid. Answers how many there were. */
    public int doubtExpired() {
        return ledger.write(h -> h.createUpdate("UPDATE description SET state = 'IN_DOUBT', expires_at = NULL, trouble = :why "
                + "WHERE state = 'INTENDED' AND expires_at < :now")
            .bind("why", "The server stopped while it asked, which may have been paid. It is not asked about again.").bind("now", lease.now()).execute());
    }

    /** Whether any is still to come. */
    public boolean anyOpen() {
        return ledger.read(h -> h.createQuery("SELECT count(*) FROM description WHERE state IN ('WAITING', 'INTENDED')").mapTo(int.class).one()) > 0;
    }

    /** Names of datasets in which an image waits for a description that may be asked for now. */
    public List<String> due() {
        return ledger.read(h -> h.createQuery("SELECT DISTINCT d.name FROM description x JOIN asset a ON a.sha256 = x.sha256 AND a.kind = 'IMAGE' "
                + "AND a.state = 'ACCEPTED' JOIN dataset d ON d.id = a.dataset_id WHERE x.state = 'WAITING' AND (x.retry_at IS NULL OR x.retry_at <= :now)")
            .bind("now", lease.now()).mapTo(String.class).list());
    }

    /** Gives the images of the batch that is claimed what was written of them, those to which no person wrote a caption. Answers those without any. */
    public List<Undescribed> lend(Dataset dataset) {
        String claimed = "batch_id = (SELECT id FROM batch WHERE dataset_id = :dataset AND state = 'CLAIMED') AND kind = 'IMAGE' AND caption IS NULL";
        return ledger.write(h -> {
            h.createUpdate("UPDATE asset SET caption = (SELECT text FROM description x WHERE x.sha256 = asset.sha256) WHERE " + claimed
                + " AND EXISTS (SELECT 1 FROM description x WHERE x.sha256 = asset.sha256 AND x.text IS NOT NULL)").bind("dataset", dataset.id()).execute();
            return with(h, h.createQuery("SELECT * FROM asset WHERE " + claimed).bind("dataset", dataset.id()).mapTo(Asset.class).list());
        });
    }

    /** Ids of the dataset's images whose caption a machine wrote. */
    public List<Long> captioned(long datasetId) {
        return ledger.read(h -> h.createQuery("SELECT a.id FROM asset a JOIN description x ON x.sha256 = a.sha256 AND x.text = a.caption "
                + "WHERE a.dataset_id = :dataset AND a.kind = 'IMAGE'").bind("dataset", datasetId).mapTo(Long.class).list());
    }

    /** What was put off is tried at once by the process that starts. */
    void endPauses(Handle h) {
        h.createUpdate("UPDATE description SET retry_at = NULL WHERE state = 'WAITING' AND retry_at IS NOT NULL").execute();
    }

    private static List<Undescribed> with(Handle h, List<Asset> images) {
        if (images.isEmpty()) {
            return List.of();
        }
        Map<String, Description> known = h.createQuery("SELECT * FROM description WHERE sha256 IN (<hashes>)")
            .bindList("hashes", images.stream().map(Asset::sha256).toList()).mapTo(Description.class).stream()
            .collect(Collectors.toMap(Description::sha256, Function.identity()));
        return images.stream().map(image -> new Undescribed(image, Optional.ofNullable(known.get(image.sha256())))).toList();
    }

    private Update ours(Update update, Description description) {
        return update.bind("id", description.id()).bind("owner", lease.owner());
    }

    private boolean told(Handle h, Asset image, int changed, String what) {
        if (changed == 1) {
            ledger.history().tell(h, image.datasetId(), image.name() + " " + what);
        }
        return changed == 1;
    }

    private int askedToday(Handle h) {
        return h.createQuery("SELECT count(*) FROM description WHERE asked_at > :since").bind("since", lease.now().minus(DAY)).mapTo(int.class).one();
    }
}
