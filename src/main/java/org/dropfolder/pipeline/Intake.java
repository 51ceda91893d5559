package org.dropfolder.pipeline;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.dropfolder.image.FileNames;
import org.dropfolder.image.Reason;
import org.dropfolder.ledger.Arrival;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetKind;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.store.Dropped;
import org.dropfolder.store.ImageStore;
import org.dropfolder.store.Shelved;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes files that stand still out of the inbox: which dataset's, what are they, are they new? Thread safe. */
public final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    /** Images that a dataset holds at most. [ref] */
    static final int DATASET_HOLDS = 100;

    private final Ledger ledger;
    private final ImageStore store;
    private final Examiner examiner;
    private final Places places;
    private volatile boolean stopped;

    public Intake(Ledger ledger, ImageStore store, Examiner examiner, Places places) {
        this.ledger = ledger;
        this.store = store;
        this.examiner = examiner;
        this.places = places;
    }

    /**
     * Whether the file is still there, and is a plain file.
     *
     * @param source where it lies, below the inbox
     * @throws IOException if the inbox can't be looked at
     */
    public boolean isThere(String source) throws IOException {
        return !stopped && store.look(source).isPresent();
    }

    /** From now on nothing is taken: what was found stays where it is for the next start. */
    public void stop() {
        stopped = true;
    }

    /**
     * Looks at the file and reads it, once; writes nothing down. One that is under way from this place already, for its move
     * was cut off, is not read: that move goes on first, and what lies there now arrives the next time.
     *
     * @param source where it lies, below the inbox
     * @throws NoSuchFileException if it is gone
     * @throws IOException         if it can't be read
     */
    public Examined examine(String source) throws IOException {
        Dropped dropped = store.look(source).orElseThrow(() -> new NoSuchFileException(source));
        Optional<Asset> cutOff = ledger.assets().arrivingFrom(source);
        return cutOff.isPresent() ? Examined.underWay(dropped, cutOff.get()) : examiner.examine(dropped);
    }

    /** Whether it may still be being copied, so that nothing is done with it now. */
    public boolean unfinished(Examined examined) {
        return examined.finding() == Examined.Finding.UNFINISHED;
    }

    /**
     * Writes down what the file is to become; the move comes next.
     *
     * @throws java.util.NoSuchElementException if it was not read
     */
    public Asset arrive(Examined examined) {
        if (examined.underWay().isPresent()) {
            return examined.underWay().get();
        }
        Arrival arrival = examined.arrival().orElseThrow();
        String full = Reason.datasetFull(name(arrival.source()), arrival.dataset().name()).text();
        return ledger.assets().arrive(arrival, DATASET_HOLDS, full, places.of(arrival.dataset()));
    }

    /**
     * What a file in the data folder is that the ledger does not know.
     *
     * @throws IOException if it can't be read
     */
    Arrival examineFound(Shelved shelved) throws IOException {
        return examiner.examineFound(shelved);
    }

    /** Whether the file waits now: an image or a caption for its batch, a container to be taken apart. */
    public boolean accepted(Asset asset) {
        String name = FileNames.printable(asset.source());
        switch (asset.state()) {
            case REJECTED -> LOG.info("{} set aside: {}", name, asset.reason().orElse(""));
            case DUPLICATE -> LOG.info("{} is the same picture as {}: it is sent once, and the copy lies beside it", name,
                FileNames.printable(ledger.assets().firstCopy(asset).map(Asset::source).orElse("one that came before")));
            case ACCEPTED -> LOG.debug("{} accepted", name);
            default -> { }
        }
        return asset.state() == AssetState.ACCEPTED;
    }

    /** Whether an accepted file is to be taken apart, and not sent itself. */
    public boolean container(Asset asset) {
        return asset.kind().isContainer();
    }

    /** The wake-up for an accepted file. A caption only puts off the end of quiet. */
    public Accepted wakeUp(Asset asset) {
        return new Accepted(ledger.datasets().nameOf(asset.datasetId()),
            asset.kind() == AssetKind.IMAGE ? asset.size() : 0);
    }

    private static String name(String source) {
        return source.substring(source.lastIndexOf('/') + 1);
    }
}
