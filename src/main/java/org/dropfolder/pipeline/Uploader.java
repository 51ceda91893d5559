package org.dropfolder.pipeline;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.hc.core5.http.HttpEntity;
import org.dropfolder.ideogram.DatasetDetail;
import org.dropfolder.ideogram.UploadResult;
import org.dropfolder.ideogram.ZipPart;
import org.dropfolder.ideogram.ZipUpload;
import org.dropfolder.image.Sizes;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Fates;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.store.ImageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what goes in a batch, and what its answer means for each image. Thread safe. */
public final class Uploader {
    private static final Logger LOG = LoggerFactory.getLogger(Uploader.class);

    private final Ledger ledger;
    private final ImageStore store;
    private final Places places;
    private final BatchLimits limits;
    private final Clock clock;
    private final Uploads uploads;

    public Uploader(Ledger ledger, ImageStore store, Places places, BatchLimits limits, Clock clock) {
        this.ledger = ledger;
        this.store = store;
        this.places = places;
        this.limits = limits;
        this.clock = clock;
        this.uploads = new Uploads(clock);
    }

    /** Whether a batch of this dataset may go now: something waits, nothing of it is under way, no pause is on. */
    public boolean due(String name) {
        return ledger.datasets().named(name)
            .filter(d -> d.retryAt().map(at -> !at.isAfter(clock.instant())).orElse(true))
            .filter(d -> ledger.assets().tally(d.id()).of(AssetState.ACCEPTED) > 0)
            .filter(d -> !ledger.batches().anyOpen(d.id()))
            .isPresent();
    }

    /**
     * The dataset of this folder.
     *
     * @throws java.util.NoSuchElementException if nothing was ever dropped there
     */
    public Dataset dataset(String name) {
        return ledger.datasets().named(name).orElseThrow();
    }

    /** Claims what goes now. False, if nothing waits any more, the dataset has no room or another claimed it. */
    public boolean claim(Dataset dataset, DatasetDetail listing) {
        // a listing that lags would let the last batch pass for this one, should this one's answer get lost
        int known = ledger.assets().tally(dataset.id()).of(AssetState.UPLOADED) + dataset.foundImages().orElse(0);
        int before = Math.max(listing.imageCount(), known);
        // more may have been accepted since those that find no room were set aside
        int room = Intake.DATASET_HOLDS - listing.imageCount();
        return room > 0 && ledger.batches().claim(dataset, before, Math.min(room, limits.images()), limits.bytes());
    }

    /**
     * What was claimed.
     *
     * @throws IllegalStateException if nothing is
     */
    public Claimed claimed(Dataset dataset) {
        return ledger.batches().claimed(dataset);
    }

    /** Commits the intent to send: true for the one caller who may. */
    public boolean intend(Claimed claimed) {
        boolean ours = ledger.batches().intend(claimed.batch());
        if (ours) {
            LOG.info("{}: batch {} goes: {}, {}", dataset(claimed).name(), claimed.batch().id(),
                Words.images(claimed.batch().images()), Sizes.human(claimed.batch().bytes()));
        }
        return ours;
    }

    /**
     * The request's body: a zip that is streamed from the store while it is sent. Made anew for each try.
     *
     * @throws LostClaimException if the batch is not ours any more
     */
    public HttpEntity request(Claimed claimed) {
        renew(claimed);
        List<ZipPart> parts = new ArrayList<>();
        for (Asset image : claimed.images()) {
            String name = image.sentName().orElseThrow();
            parts.add(new ZipPart(name, image.size(), image.crc32(), () -> store.openTarget(image.target())));
            image.caption().ifPresent(text -> parts.add(caption(name, text)));
        }
        long bytes = parts.stream().mapToLong(ZipPart::size).sum();
        return ZipUpload.entity(limits.uploadField(), parts, new Renewal(claimed, uploads.begin(dataset(claimed).name(), bytes)));
    }

    /** The requests of which bytes are being sent, or that wait for their answer, and how far each is. */
    public List<UploadProgress> underWay() {
        return uploads.now();
    }

    /**
     * The request was answered: writes down each image's fate.
     *
     * @return what is to be moved now
     * @throws UnreadableAnswerException if the answer does not say what became of each image
     */
    public List<Asset> settle(Claimed claimed, UploadResult answer) {
        Fates fates = Verdicts.of(claimed, answer);
        Dataset dataset = dataset(claimed);
        List<Asset> moves = ledger.batches().uploaded(claimed.batch(), fates, places.of(dataset, claimed.images(), fates));
        tell(dataset, claimed, fates);
        if (fates.again().isEmpty()) {
            ledger.datasets().untroubled(dataset.id());
        } else {
            Duration pause = Pauses.after(dataset.failures());
            ledger.datasets().troubled(dataset.id(), Verdicts.whyAgain(answer) + " Next try in " + Words.duration(pause) + ".",
                clock.instant().plus(pause));
        }
        return moves;
    }

    private void tell(Dataset dataset, Claimed claimed, Fates fates) {
        int there = claimed.images().size() - fates.refused().size() - fates.again().size();
        Duration took = Duration.between(claimed.batch().claimedAt(), clock.instant());
        LOG.info("{}: batch {} is in the dataset: {} in {} ({}){}{}", dataset.name(), claimed.batch().id(), Words.images(there),
            Words.duration(took), Words.rate(claimed.batch().bytes(), took),
            fates.refused().isEmpty() ? "" : ", " + fates.refused().size() + " refused",
            fates.again().isEmpty() ? "" : ", " + fates.again().size() + " to be sent again");
        fates.refused().values().forEach(reason -> LOG.info("{} set aside: {}", dataset.name(), reason));
    }

    /**
     * Whether a next batch is due at once: the wake-up of what the last one had no room for came while that was under
     * way, and led to nothing.
     */
    public boolean leftOver(String name) {
        if (!due(name)) {
            return false;
        }
        Dataset dataset = dataset(name);
        List<Asset> waiting = ledger.assets().waiting(dataset.id());
        return !dataset.lastArrival().plus(limits.quiet()).isAfter(clock.instant())
            || waiting.size() >= limits.images()
            || waiting.stream().mapToLong(Asset::size).sum() >= limits.bytes();
    }

    /** A wake-up for what waits and is not quiet yet. */
    public Accepted gatherAgain(String name) {
        return new Accepted(name, 0);
    }

    private Dataset dataset(Claimed claimed) {
        return ledger.datasets().get(claimed.batch().datasetId());
    }

    private static ZipPart caption(String imageName, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        String stem = imageName.substring(0, imageName.lastIndexOf('.'));
        return new ZipPart(stem + ".txt", bytes.length, crc.getValue(), () -> new ByteArrayInputStream(bytes));
    }

    private void renew(Claimed claimed) {
        if (!ledger.batches().renew(claimed.batch())) {
            throw new LostClaimException("send batch " + claimed.batch().id());
        }
    }

    /**
     * While bytes flow the work lives: renews the batch's claim, a few times in the length of a lease. One that waited for its turn for so
     * long that another took the batch over sends no byte of it.
     */
    private final class Renewal implements ZipUpload.Progress {
        private static final Duration PACE = Duration.ofSeconds(10);
        private final Claimed claimed;
        private final ZipUpload.Progress told;
        private Instant last = clock.instant();

        /** @param told the same, for whoever wants to know how far it is */
        Renewal(Claimed claimed, ZipUpload.Progress told) {
            this.claimed = claimed;
            this.told = told;
        }

        @Override
        public void sent(long bytes) {
            told.sent(bytes);
            Instant now = clock.instant();
            if (now.isAfter(last.plus(PACE))) {
                last = now;
                renew(claimed);
            }
        }

        @Override
        public void ended() {
            told.ended();
        }
    }
}
