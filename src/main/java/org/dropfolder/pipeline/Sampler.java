package org.dropfolder.pipeline;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.HttpEntity;
import org.dropfolder.ideogram.Causes;
import org.dropfolder.ideogram.Failure;
import org.dropfolder.ideogram.Generated;
import org.dropfolder.ideogram.PictureException;
import org.dropfolder.ideogram.RenderingSpeed;
import org.dropfolder.ideogram.SampleForm;
import org.dropfolder.image.Condition;
import org.dropfolder.image.Content;
import org.dropfolder.image.FileType;
import org.dropfolder.image.ImageFormat;
import org.dropfolder.image.Probe;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.LedgerException;
import org.dropfolder.ledger.Sample;
import org.dropfolder.ledger.SampleState;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.dropfolder.store.ImageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets each finished model draw one picture, for people to see what it has learned. It is asked for once; what fails, fails alone: the
 * training, its file and its notices know nothing of it. Thread safe.
 */
public final class Sampler {
    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
    /** A request that surely was not carried out is sent again for so long. */
    private static final Duration ASKED_FOR = Duration.ofDays(1);
    /** Before a claimed try to fetch it is given up for lost: longer than the client lets one last. */
    private static final Duration FETCHING = Duration.ofMinutes(3);
    /** An address expires soon; how soon nobody tells. [open] */
    private static final int FETCHES = 6;

    private final Ledger ledger;
    private final ImageStore store;
    private final Sampling sampling;
    private final Watchman watchman;
    private final Clock clock;
    private volatile boolean begun;
    /** Nothing is to be drawn, and nothing is left of what was: then no sweep asks the ledger. */
    private volatile boolean idle;

    public Sampler(Ledger ledger, ImageStore store, Sampling sampling, Watchman watchman, Clock clock) {
        this.ledger = ledger;
        this.store = store;
        this.sampling = sampling;
        this.watchman = watchman;
        this.clock = clock;
    }

    /** Writes down that a picture is wanted of this model, if any is: only models whose end is told while the setting stands get one. */
    public boolean wants(Training training) {
        if (sampling.prompt().isEmpty() || training.state() != TrainingState.COMPLETED || training.uri().isEmpty()) {
            return false;
        }
        ledger.samples().want(training, sampling.prompt().get(), sampling.speed().name(), sampling.speed().price());
        return true;
    }

    /**
     * That of a training.
     *
     * @throws java.util.NoSuchElementException if none is wanted
     */
    public Sample sample(long trainingId) {
        return ledger.samples().of(trainingId).orElseThrow();
    }

    /** Commits the intent to ask for it: true for the one caller who may send the request, once. */
    public boolean intend(Sample sample) {
        boolean ours = sample.state() == SampleState.WAITING && ledger.samples().intend(sample);
        if (ours) {
            LOG.info("{}: a picture is drawn with the new model, for {}: {}", name(sample), sampling.cost(), sample.prompt());
        }
        return ours;
    }

    /**
     * The request's body. Made anew for each try.
     *
     * @throws LostClaimException if the intent is not ours any more
     */
    public HttpEntity request(Sample sample) {
        if (!ledger.samples().renew(sample)) {
            throw new LostClaimException("ask for a picture of the model of " + name(sample));
        }
        String model = ledger.trainings().get(sample.trainingId()).uri().orElseThrow();
        return SampleForm.entity(sample.prompt(), model, RenderingSpeed.valueOf(sample.speed()));
    }

    /** The request was answered. Without an address there is nothing to fetch. */
    public Sample answered(Sample sample, Generated answer) {
        Optional<String> url = answer.url();
        if (url.isPresent()) {
            return ledger.samples().drawn(sample, url.get());
        }
        giveUp(sample, answer.isUnsafe() ? "Ideogram drew a picture of this prompt that failed its safety check, and keeps it. Use another prompt."
            : "Ideogram answered without an address of a picture. Look at the account.", false);
        return sample(sample.trainingId());
    }

    /** Claims a try to fetch it, if one is due. What a killed server has left where it belongs is taken as it is. */
    public boolean claimFetch(Sample sample) throws IOException {
        if (sample.state() != SampleState.DRAWN) {
            return false;
        }
        if (sample.target().isPresent() && store.exists(sample.target().get())) {
            kept(sample, sample.target().get());
            return false;
        }
        return ledger.samples().claimFetch(sample, clock.instant().plus(FETCHING));
    }

    /**
     * Keeps what was fetched, if it is a sound JPEG or PNG, and closes it.
     *
     * @throws PictureException if it is none
     * @throws IOException      if it does not come, or can't be written
     */
    public void keep(Sample sample, InputStream picture) throws IOException {
        try (BufferedInputStream bytes = new BufferedInputStream(picture)) {
            bytes.mark(ImageFormat.HEAD);
            byte[] head = bytes.readNBytes(ImageFormat.HEAD);
            bytes.reset();
            ImageFormat format = ImageFormat.of(head).filter(found -> found != ImageFormat.WEBP)
                .orElseThrow(() -> new PictureException("it is no JPEG or PNG", false));
            Training training = ledger.trainings().get(sample.trainingId());
            String target = store.sampleFor(name(sample), training.run(), format == ImageFormat.PNG ? "png" : "jpg");
            ledger.samples().belongsTo(sample, target);
            store.writeSample(target, out -> copy(bytes, out));
            kept(sample, target);
        }
    }

    /** Ids of trainings whose picture is to be asked for, or fetched, now. Those that a dead process asked for are in doubt. */
    public List<Long> due() {
        if (!begun && sampling.prompt().isEmpty() && !ledger.samples().anyUnfinished()) {
            idle = true;
        }
        begun = true;
        if (idle) {
            return List.of();
        }
        ledger.samples().doubtExpired();
        return ledger.samples().due().stream().map(Sample::trainingId).toList();
    }

    /** The picture could not be asked for, or fetched: what may have been paid is not asked for again, all else later, for a while. */
    public void failed(Sample sample, Exception failure) {
        try {
            Sample now = sample(sample.trainingId());
            if (now.state() == SampleState.INTENDED) {
                notAsked(now, failure);
            } else if (now.state() == SampleState.DRAWN) {
                notFetched(now, failure);
            }
        } catch (LedgerException unwritten) {
            // what is under way runs out, and the sweep finds it
            if (watchman.behind(unwritten).isEmpty()) {
                LOG.warn("{}", unwritten.getMessage());
            }
        }
    }

    private void notAsked(Sample sample, Exception exception) {
        Failure failure = Failure.of(exception);
        boolean troubled = watchman.behind(exception).isPresent();
        if (failure.kind() == Failure.Kind.MAY_HAVE_HAPPENED) {
            String why = failure.sentence() + " The picture may have been drawn and paid: it is not asked for again.";
            LOG.warn("{}: {}", name(sample), why);
            ledger.samples().inDoubt(sample, why);
        } else if (!troubled && (isRefused(failure) || sample.wantedAt().plus(ASKED_FOR).isBefore(clock.instant()))) {
            giveUp(sample, "No picture was drawn: " + failure.sentence(), true);
        } else {
            Instant next = clock.instant().plus(failure.retryAfter().orElse(Duration.ZERO)
                .compareTo(Pauses.after(sample.tries())) > 0 ? failure.retryAfter().get() : Pauses.after(sample.tries()));
            ledger.samples().notAsked(sample, failure.sentence(), troubled ? clock.instant() : next);
        }
    }

    /** The same prompt and model are refused the next time, too. */
    private static boolean isRefused(Failure failure) {
        return failure.status().isPresent() && !failure.passing() && !failure.ofTheKey();
    }

    private void notFetched(Sample sample, Exception failure) {
        Optional<PictureException> known = Causes.of(failure, PictureException.class);
        String why = known.map(Throwable::getMessage).orElseGet(() -> Words.failure("keep it (" + failure.getClass().getSimpleName() + ")", failure,
            "Look whether the data folder is full or can't be written."));
        if (known.filter(found -> !found.passing()).isPresent() || sample.tries() >= FETCHES) {
            giveUp(sample, "The picture was drawn and paid, and could not be fetched: " + why + ". Look at the account.", false);
        } else {
            LOG.warn("{}: the picture of the new model could not be fetched: {}. It is tried again", name(sample), why);
            ledger.samples().notFetched(sample, why, clock.instant().plus(Pauses.after(sample.tries() - 1)));
        }
    }

    private void giveUp(Sample sample, String why, boolean unpaid) {
        LOG.warn("{}: {}", name(sample), why);
        ledger.samples().none(sample, why, unpaid);
    }

    private void kept(Sample sample, String target) {
        ledger.samples().kept(sample, target);
        LOG.info("{}: the picture that the new model drew lies at {}", name(sample), target);
    }

    /** Nothing but a whole and sound picture gets a name; it is read once. */
    private static void copy(InputStream picture, OutputStream out) throws IOException {
        Content content = Probe.read(new FilterInputStream(picture) {
            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                int read = in.read(bytes, from, length);
                if (read > 0) {
                    out.write(bytes, from, read);
                }
                return read;
            }
        });
        boolean image = content.type() == FileType.JPEG || content.type() == FileType.PNG;
        if (!image || !content.condition().isThere()) {
            throw new PictureException("it is no sound JPEG or PNG", content.condition() == Condition.UNFINISHED);
        }
    }

    private String name(Sample sample) {
        return ledger.datasets().nameOf(sample.datasetId());
    }
}
