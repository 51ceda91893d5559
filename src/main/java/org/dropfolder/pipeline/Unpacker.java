package org.dropfolder.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.dropfolder.image.Archive;
import org.dropfolder.image.Converter;
import org.dropfolder.image.FileNames;
import org.dropfolder.image.ImageFormat;
import org.dropfolder.image.Reason;
import org.dropfolder.image.UnusableException;
import org.dropfolder.ledger.Arrival;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetKind;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Targets;
import org.dropfolder.store.Dropped;
import org.dropfolder.store.ImageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes containers apart: the files of an archive, and the one image that another is converted to. Safe to do again, and to
 * be cut off: a part that has a row is passed over, and the container leaves pending/ once all of its parts have theirs.
 * For one caller at a time.
 */
public final class Unpacker {
    private static final Logger LOG = LoggerFactory.getLogger(Unpacker.class);
    /** So often a container is taken up without giving a part before it is believed to be at fault. */
    static final int TRIES = 5;
    /** Of how many parts that stay in an archive the history tells why. */
    private static final int TOLD = 100;

    private final Ledger ledger;
    private final ImageStore store;
    private final Examiner examiner;
    private final Parts parts;
    private final Mover mover;
    private final Places places;

    public Unpacker(Ledger ledger, ImageStore store, Examiner examiner, Mover mover, Places places) {
        this.ledger = ledger;
        this.store = store;
        this.examiner = examiner;
        this.mover = mover;
        this.places = places;
        this.parts = new Parts(ledger, store, examiner, mover, places);
    }

    /**
     * Takes the container apart, if it waits for that and the data folder can be written.
     *
     * @param id of its row
     * @return the parts that were accepted, to be told of
     * @throws IOException if it could not be done now; what was taken out stays, and the rest is taken out the next time
     */
    public List<Asset> unpack(long id) throws IOException {
        Optional<Asset> waiting = ledger.containers().waiting(id);
        if (waiting.isEmpty() || store.dataTrouble().isPresent() || !isSteady(waiting.get())) {
            return List.of();
        }
        Asset container = waiting.get();
        if (ledger.containers().takenUp(container) > TRIES) {
            setAside(container, Reason.notTakenApart(container.name()));
            return List.of();
        }
        try {
            return container.kind() == AssetKind.ARCHIVE ? takeApart(container) : convert(container);
        } catch (UnusableException e) {
            setAside(container, e.reason());
            return List.of();
        } catch (IOException e) {
            // a full disk is no fault of what is unpacked
            if (store.dataTrouble().isPresent()) {
                ledger.containers().forgive(container);
            }
            throw e;
        }
    }

    /** Whether it is what was accepted; one that was written on is looked at anew, and waits until it stands still. */
    private boolean isSteady(Asset container) throws IOException {
        Optional<Dropped> now = store.lookTarget(container.target());
        if (now.isEmpty()) {
            setAside(container, Reason.takenAway(container.name()));
            return false;
        }
        boolean steady = Examiner.same(container, now.get());
        if (!steady) {
            Optional<Examined> again = examiner.examineAgain(ledger.datasets().get(container.datasetId()), container);
            again.filter(read -> read.finding() == Examined.Finding.COMPLETE).flatMap(Examined::arrival)
                .ifPresent(is -> acceptAnew(container, is));
        }
        return steady;
    }

    private void acceptAnew(Asset container, Arrival is) {
        LOG.info("{} changed after it was accepted: it is looked at anew", container.target());
        if (is.kind().isContainer() && is.reason().isEmpty()) {
            ledger.containers().changed(container, is);
        } else {
            setAside(container, is.reason().orElseGet(() -> Reason.notTakenApart(container.name()).text()));
        }
    }

    /** @throws UnusableException if the whole archive can't be used */
    private List<Asset> takeApart(Asset zip) throws IOException {
        List<Asset> accepted = new ArrayList<>();
        Map<String, String> leftIn = new LinkedHashMap<>();
        try (SeekableByteChannel channel = store.openChannel(zip.target()); Archive archive = Archive.open(channel, zip.name())) {
            archive.setAside().forEach(aside -> leftIn.put(aside.path(), aside.reason().text()));
            if (archive.entries().stream().anyMatch(entry -> !entry.caption())) {
                Set<Integer> taken = ledger.containers().parts(zip);
                for (Archive.Entry entry : captionsFirst(archive)) {
                    if (!taken.contains(entry.part())) {
                        takeOut(zip, archive, entry, leftIn).ifPresent(accepted::add);
                    }
                }
            }
        }
        end(zip, leftIn);
        return accepted;
    }

    /** An image may be sent as soon as it is there, so its caption has to be there before. */
    private static List<Archive.Entry> captionsFirst(Archive archive) {
        return archive.entries().stream().sorted(Comparator.comparing(entry -> !entry.caption())).toList();
    }

    private Optional<Asset> takeOut(Asset zip, Archive archive, Archive.Entry entry, Map<String, String> leftIn)
            throws IOException {
        try {
            Parts.Staged staged = parts.stage(zip, entry.part(), out -> copy(archive, entry, out),
                () -> zip.source() + "/" + entry.path());
            if (staged.ofNoUse().isEmpty()) {
                return parts.arrive(zip, staged).filter(part -> part.state() == AssetState.ACCEPTED);
            }
            leftIn.put(entry.path(), staged.ofNoUse().get());
            parts.clear();
            return Optional.empty();
        } catch (UnusableException e) {
            leftIn.put(entry.path(), e.reason().text());
            return Optional.empty();
        }
    }

    private static void copy(Archive archive, Archive.Entry entry, OutputStream out) throws IOException {
        try (InputStream bytes = archive.open(entry)) {
            bytes.transferTo(out);
        }
    }

    /** All that can be taken out has a row. */
    private void end(Asset zip, Map<String, String> leftIn) throws IOException {
        parts.clear();
        List<String> names = List.copyOf(leftIn.keySet());
        if (!ledger.containers().wasOfUse(zip)) {
            setAside(zip, Reason.archiveOfNoUse(zip.name(), names.size()));
            return;
        }
        Optional<String> told = names.isEmpty() ? Optional.empty() : Optional.of(Reason.partsLeftOut(zip.name(), names).text());
        Optional<String> detail = names.isEmpty() ? Optional.empty() : Optional.of(leftIn.entrySet().stream().limit(TOLD)
            .map(left -> FileNames.printable(left.getKey()) + ": " + left.getValue()).collect(Collectors.joining("\n")));
        LOG.info("{} was taken apart, files taken out: {}{}", FileNames.printable(zip.source()), ledger.containers().parts(zip).size(),
            told.map(left -> "; " + left).orElse(""));
        ledger.containers().done(zip, told, detail, targets(zip)).forEach(mover::placeOrLeave);
    }

    /** @throws UnusableException if it can't be converted */
    private List<Asset> convert(Asset original) throws IOException {
        List<Asset> accepted = new ArrayList<>();
        if (!ledger.containers().parts(original).contains(0)) {
            AtomicReference<ImageFormat> format = new AtomicReference<>();
            Parts.Staged image = parts.stage(original, 0, out -> format.set(converted(original, out)),
                () -> withEnding(original.source(), format.get()));
            if (!isAsItWas(original)) {
                // it was written on while it was converted: what came out is of no use
                parts.clear();
                return List.of();
            }
            if (image.arrival().reason().isPresent()) {
                parts.clear();
                setAside(original, image.arrival().reason().get());
                return List.of();
            }
            parts.arrive(original, image).filter(part -> part.state() == AssetState.ACCEPTED).ifPresent(accepted::add);
            LOG.info("{} was converted: {}", FileNames.printable(original.source()), format.get());
        }
        parts.clear();
        ledger.containers().done(original, Optional.empty(), Optional.empty(), targets(original)).forEach(mover::placeOrLeave);
        return accepted;
    }

    private boolean isAsItWas(Asset original) throws IOException {
        return store.lookTarget(original.target()).filter(now -> Examiner.same(original, now)).isPresent();
    }

    private ImageFormat converted(Asset original, OutputStream out) throws IOException {
        try (SeekableByteChannel channel = store.openChannel(original.target())) {
            return Converter.convert(channel, original.name(), examiner.typeOf(original.target()), examiner.imageSize(), out);
        }
    }

    /** Its caption is found by what stands before the ending. */
    private static String withEnding(String source, ImageFormat format) {
        String ending = FileNames.ending(source);
        return source.substring(0, source.length() - (ending.isEmpty() ? 0 : ending.length() + 1)) + "." + format.ending();
    }

    private void setAside(Asset container, Reason reason) {
        setAside(container, reason.text());
    }

    private void setAside(Asset container, String reason) {
        LOG.info("{} set aside: {}", FileNames.printable(container.source()), reason);
        ledger.assets().setAside(container, reason, targets(container)).forEach(mover::placeOrLeave);
    }

    private Targets targets(Asset container) {
        return places.of(container.datasetId());
    }
}
