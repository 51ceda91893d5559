package org.dropfolder.pipeline;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.HttpEntity;
import org.dropfolder.ideogram.Descriptions;
import org.dropfolder.ideogram.Failure;
import org.dropfolder.ideogram.ImageForm;
import org.dropfolder.ideogram.ZipPart;
import org.dropfolder.image.Caption;
import org.dropfolder.image.FileNames;
import org.dropfolder.image.Sizes;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Description;
import org.dropfolder.ledger.DescriptionState;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.LedgerException;
import org.dropfolder.ledger.Undescribed;
import org.dropfolder.store.ImageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Ideogram describe images that came without a caption, before they go: each content once, within a budget. No image is kept back
 * for ever: what can't be described goes without. Thread safe.
 */
public final class Describer {
    private static final Logger LOG = LoggerFactory.getLogger(Describer.class);

    private final Ledger ledger;
    private final ImageStore store;
    private final Describing describing;
    private final Watchman watchman;
    private final Clock clock;
    private volatile boolean begun;
    /** It is switched off, and nothing is left of what was: then no sweep asks the ledger. */
    private volatile boolean idle;
    private volatile boolean saidUsedUp;

    public Describer(Ledger ledger, ImageStore store, Describing describing, Watchman watchman, Clock clock) {
        this.ledger = ledger;
        this.store = store;
        this.describing = describing;
        this.watchman = watchman;
        this.clock = clock;
    }

    /** Whether an image of the dataset is still to be described before its batch goes. */
    public boolean holds(Dataset dataset) {
        return describing.on() && anyToCome(waiting(dataset));
    }

    /** Whether the images of the folder need wait no more: its batch is woken by the last of them. */
    public boolean isDone(String name) {
        return ledger.datasets().named(name).filter(dataset -> !holds(dataset)).isPresent();
    }

    /** Writes down which images of the folder are to be described, and answers those that are to be asked about now. */
    public List<Undescribed> toAsk(String name) {
        Optional<Dataset> dataset = ledger.datasets().named(name);
        if (!describing.on() || dataset.isEmpty()) {
            return List.of();
        }
        ledger.descriptions().doubtExpired();
        List<Undescribed> waiting = waiting(dataset.get());
        List<Asset> unknown = waiting.stream().filter(one -> one.description().isEmpty()).map(Undescribed::image).toList();
        if (!unknown.isEmpty()) {
            ledger.descriptions().begin(unknown, Describer::tooLarge);
        }
        waiting.stream().filter(one -> one.description().filter(known -> known.state() == DescriptionState.WAITING && isOver(known)).isPresent())
            .forEach(this::giveUp);
        Instant now = clock.instant();
        return waiting(dataset.get()).stream().filter(one -> one.description()
            .filter(known -> known.state() == DescriptionState.WAITING && !known.retryAt().filter(at -> at.isAfter(now)).isPresent()).isPresent()).toList();
    }

    /** Names of folders in which an image waits for a description that may be asked for now. */
    public List<String> due() {
        if (!begun && !describing.on() && !ledger.descriptions().anyOpen()) {
            idle = true;
        }
        begun = true;
        if (idle) {
            return List.of();
        }
        ledger.descriptions().doubtExpired();
        return describing.on() ? ledger.descriptions().due() : List.of();
    }

    /** Commits the intent to ask about an image: true for the one caller who may send the request, once. */
    public boolean intend(Undescribed one) {
        return ledger.descriptions().intend(one.description().orElseThrow(), describing.budget());
    }

    /**
     * The request's body: the image, streamed from the store while it is sent. Made anew for each try.
     *
     * @throws LostClaimException if the intent is not ours any more
     */
    public HttpEntity request(Undescribed one) {
        Asset image = one.image();
        renew(one);
        return ImageForm.entity(new ZipPart(image.sentName().orElse(image.name()), image.size(), image.crc32(), () -> {
            // it may have waited long for its turn
            renew(one);
            return store.openTarget(image.target());
        }));
    }

    private void renew(Undescribed one) {
        if (!ledger.descriptions().renew(one.description().orElseThrow())) {
            throw new LostClaimException("ask about " + FileNames.printable(one.image().name()));
        }
    }

    /** The request was answered. */
    public void answered(Undescribed one, Descriptions answer) {
        Optional<String> text = answer.text().map(Describer::caption).filter(said -> !said.isBlank());
        if (text.isPresent()) {
            ledger.descriptions().written(one.image(), one.description().orElseThrow(), text.get());
            LOG.info("{}: Ideogram describes {}: {}", name(one), FileNames.printable(one.image().name()), FileNames.printable(text.get()));
        } else {
            none(one, "Ideogram had no words for it.", false);
        }
    }

    /** The image could not be asked about: what may have been paid is not asked again, all else later, for a while. */
    public void failed(Undescribed one, Exception exception) {
        try {
            Description description = ledger.descriptions().of(one.image()).orElseThrow();
            Failure failure = Failure.of(exception);
            if (description.state() == DescriptionState.IN_DOUBT && failure.kind() == Failure.Kind.DID_NOT_HAPPEN) {
                ledger.descriptions().notAsked(description, failure.sentence(), clock.instant());
            }
            if (description.state() != DescriptionState.INTENDED) {
                return;
            }
            boolean troubled = watchman.behind(exception).isPresent();
            if (failure.kind() == Failure.Kind.MAY_HAVE_HAPPENED) {
                String why = failure.sentence() + " It may have been described and paid, and is not asked about again.";
                goesWithout(one, why);
                ledger.descriptions().inDoubt(one.image(), description, why);
            } else if (!troubled && (failure.status().isPresent() && !failure.passing() || isOver(description))) {
                none(one, failure.sentence(), true);
            } else {
                Instant retry = clock.instant().plus(failure.retryAfter().orElse(Pauses.after(description.failures())));
                ledger.descriptions().notAsked(description, failure.sentence(), troubled ? clock.instant() : retry);
            }
        } catch (LedgerException unwritten) {
            // what is under way runs out, and the sweep finds it
            if (watchman.behind(unwritten).isEmpty()) {
                LOG.warn("{}", unwritten.getMessage());
            }
        }
    }

    /**
     * What was written goes with the images that a batch has claimed; a person's own caption goes before. If an image is among them that
     * came meanwhile and is still to be described, the claim is given up, and its arrival wakes the batch again.
     */
    public boolean lend(Dataset dataset) {
        if (!describing.on()) {
            return true;
        }
        if (anyToCome(ledger.descriptions().lend(dataset))) {
            ledger.batches().neverSent(ledger.batches().claimed(dataset).batch(), "An image of it is still to be described.");
            return false;
        }
        return true;
    }

    /** The name of the folder in which the image lies. */
    public String name(Undescribed one) {
        return ledger.datasets().nameOf(one.image().datasetId());
    }

    /** Those that the dataset can still take: more are not described for nothing. */
    private List<Undescribed> waiting(Dataset dataset) {
        int there = ledger.assets().tally(dataset.id()).of(AssetState.UPLOADED) + dataset.foundImages().orElse(0);
        return ledger.descriptions().waiting(dataset.id(), Math.max(0, Intake.DATASET_HOLDS - there));
    }

    private boolean anyToCome(List<Undescribed> images) {
        if (images.stream().anyMatch(one -> one.description().filter(known -> known.state() == DescriptionState.INTENDED).isPresent())) {
            return true;
        }
        boolean wanted = images.stream().anyMatch(one -> one.description().map(known -> known.isOpen() && !isOver(known)).orElse(true));
        return wanted && hasBudget(images);
    }

    /** Said when it begins, and not for each image. */
    private boolean hasBudget(List<Undescribed> images) {
        boolean left = ledger.descriptions().askedToday() < describing.budget();
        if (left) {
            saidUsedUp = false;
        } else if (!saidUsedUp) {
            saidUsedUp = true;
            LOG.warn("{}: images go without a caption now: {} were described in the last 24 hours, and dropfolder.caption.budget allows no more",
                name(images.get(0)), describing.budget());
        }
        return left;
    }

    private boolean isOver(Description description) {
        return description.since().plus(describing.longest()).isBefore(clock.instant());
    }

    private static Optional<String> tooLarge(Asset image) {
        return image.size() <= ImageForm.LARGEST ? Optional.empty()
            : Optional.of("it has " + Sizes.human(image.size()) + ", and Ideogram describes images of 10 MB at most.");
    }

    /** Another thread may have begun to ask about it since it was looked at: then its answer is waited for. */
    private void giveUp(Undescribed one) {
        Description known = one.description().orElseThrow();
        String why = "its description could not be asked for in " + Words.duration(describing.longest()) + ". "
            + known.trouble().orElseGet(() -> ledger.descriptions().askedToday() < describing.budget() ? "There was no time for it."
                : "The budget of dropfolder.caption.budget is used up.");
        if (ledger.descriptions().giveUp(one.image(), known, why)) {
            goesWithout(one, why);
        }
    }

    private void none(Undescribed one, String why, boolean unpaid) {
        if (ledger.descriptions().none(one.image(), one.description().orElseThrow(), why, unpaid)) {
            goesWithout(one, why);
        }
    }

    private void goesWithout(Undescribed one, String why) {
        LOG.warn("{}: {} goes without a caption: {}", name(one), FileNames.printable(one.image().name()), why);
    }

    /** As a person's own: without control characters, and no longer. */
    private static String caption(String text) {
        String clean = text.replaceAll("\\r\\n?", "\n").replaceAll("[\\p{Cc}&&[^\\n\\t]]", "").strip();
        return clean.codePointCount(0, clean.length()) <= Caption.LONGEST ? clean
            : clean.substring(0, clean.offsetByCodePoints(0, Caption.LONGEST)).strip();
    }
}
