package org.dropfolder.pipeline;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dropfolder.image.FileNames;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.LedgerException;
import org.dropfolder.store.Dropped;
import org.dropfolder.store.ImageStore;
import org.dropfolder.store.ImageStore.Move;
import org.dropfolder.store.UnderWayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings files to where the ledger says they belong: the move of row, move, row. Safe to do again: a move that was
 * cut off is finished, one that is done already counts as done. Thread safe.
 */
public final class Mover {
    private static final Logger LOG = LoggerFactory.getLogger(Mover.class);

    /** Of a hundred, which is what a dataset holds, ten are under way at a time. */
    private static final int PORTION = 10;

    private final Ledger ledger;
    private final ImageStore store;
    private final Places places;
    private final Watchman watchman;
    private final Stillness stillness;
    private final Retries retries;

    public Mover(Ledger ledger, ImageStore store, Places places, Watchman watchman, Stillness stillness) {
        this.ledger = ledger;
        this.store = store;
        this.places = places;
        this.watchman = watchman;
        this.stillness = stillness;
        this.retries = new Retries(stillness.clock());
    }

    /**
     * Moves the file until it is where it belongs, and writes that down.
     *
     * @return the file at rest; one that somebody took out of the inbox, or wrote anew, before it was moved is still
     *         {@link AssetState#ARRIVING}, and the ledger has forgotten it: what lies there now arrives by itself
     * @throws UnderWayException if another thread moves it now
     * @throws IOException       if it can't be moved now; the ledger knows that it still has to be
     */
    public Asset place(Asset asset) throws IOException {
        try {
            Asset placed = moved(asset);
            retries.succeeded(asset.id());
            return placed;
        } catch (UnderWayException e) {
            throw e;
        } catch (IOException e) {
            if (watchman.behind(e).isEmpty()) {
                retries.failed(asset.id());
            }
            throw e;
        }
    }

    private Asset moved(Asset asset) throws IOException {
        Asset now = asset;
        while (now.state() == AssetState.ARRIVING || now.movingFrom().isPresent()) {
            if (!move(now)) {
                ledger.assets().withdrawn(now);
                LOG.info("{} was taken away or changed before it was moved", FileNames.printable(now.source()));
                return now;
            }
            explain(now);
            now = ledger.assets().rested(now, places.of(now.datasetId()));
        }
        return now;
    }

    /**
     * The same for whoever need not wait for it: what can't be moved now, for whatever reason, is moved by the sweep, after a
     * pause that grows where that is its own fault, which is said once.
     *
     * @throws LedgerException if the ledger can't be used, which is not this file's fault alone
     */
    public void placeOrLeave(Asset asset) {
        if (!retries.isDue(asset.id())) {
            return;
        }
        try {
            moved(asset);
            retries.succeeded(asset.id());
        } catch (LedgerException e) {
            throw e;
        } catch (UnderWayException e) {
            LOG.debug("{}", e.getMessage());
        } catch (IOException | RuntimeException e) {
            if (watchman.behind(e).isEmpty() && retries.failed(asset.id())) {
                LOG.warn("{} It is tried again.", Words.failure("move " + FileNames.printable(asset.source()) + " to " + asset.target(), e,
                    "Look whether the data folder is full or can't be written."));
            }
        }
    }

    /** Files that met their fate together, as many at a time as are moved one after the other. */
    public List<List<Asset>> portions(List<Asset> assets) {
        return IntStream.iterate(0, from -> from < assets.size(), from -> from + PORTION)
            .mapToObj(from -> assets.subList(from, Math.min(from + PORTION, assets.size()))).toList();
    }

    /**
     * The same for files that met their fate together: those that only are to be moved are moved, and written down, at once.
     *
     * @throws LedgerException as above
     */
    public void placeAllOrLeave(List<Asset> assets) {
        Map<Boolean, List<Asset>> plain = assets.stream().collect(Collectors.partitioningBy(asset ->
            asset.state() != AssetState.ARRIVING && asset.movingFrom().isPresent() && asset.reason().isEmpty() && retries.isDue(asset.id())));
        Map<Move, IOException> failed = store.moveAll(plain.get(true).stream().map(Mover::way).toList());
        List<Asset> moved = plain.get(true).stream().filter(asset -> !failed.containsKey(way(asset))).toList();
        ledger.assets().rested(moved).forEach(asset -> retries.succeeded(asset.id()));
        plain.get(true).stream().filter(asset -> failed.containsKey(way(asset))).forEach(this::placeOrLeave);
        plain.get(false).forEach(this::placeOrLeave);
    }

    private static Move way(Asset asset) {
        return new Move(asset.movingFrom().orElseThrow(), asset.target());
    }

    /** Answers whether the file came to where it belongs. */
    private boolean move(Asset asset) throws IOException {
        if (asset.movingFrom().isEmpty()) {
            return take(asset);
        }
        String from = asset.movingFrom().get();
        if (asset.state() == AssetState.ARRIVING) {
            // it was set aside: first its note goes, so that none is ever left without its file
            store.unexplain(from);
        }
        try {
            store.move(from, asset.target());
        } catch (NoSuchFileException e) {
            LOG.warn("Could not move {} to {}: it is in neither place. Somebody took it out of the data folder; "
                + "put it back from a copy if it is missed.", from, asset.target());
        }
        return true;
    }

    /**
     * What lies in the inbox may not be the file that was read: it was moved before the server stopped, and another
     * one was dropped since, or it was written anew.
     */
    private boolean take(Asset asset) throws IOException {
        Optional<Dropped> dropped = store.look(asset.source());
        if (dropped.isPresent() && !unchanged(asset, dropped.get())) {
            return isMoved(asset);
        }
        try {
            store.take(asset.source(), asset.target());
            dropped.ifPresent(stillness::taken);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (FileAlreadyExistsException e) {
            if (!store.exists(asset.target())) {
                throw e; // another thread moves it now
            }
            // either its twin was dropped since, or a stranger has its place and it arrives anew for another
            return isMoved(asset);
        }
    }

    private boolean isMoved(Asset asset) throws IOException {
        return store.lookTarget(asset.target()).filter(there -> Examiner.same(asset, there)).isPresent();
    }

    private static boolean unchanged(Asset asset, Dropped now) {
        return Examiner.same(asset, now) && asset.version().equals(now.version());
    }

    private void explain(Asset asset) throws IOException {
        if (asset.reason().isPresent()) {
            store.explain(asset.target(), asset.reason().get());
        }
    }
}
