package org.dropfolder.pipeline;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.dropfolder.image.Caption;
import org.dropfolder.image.Content;
import org.dropfolder.image.Decoder;
import org.dropfolder.image.FileNames;
import org.dropfolder.image.FileType;
import org.dropfolder.image.ImageFormat;
import org.dropfolder.image.Look;
import org.dropfolder.image.Probe;
import org.dropfolder.image.Reason;
import org.dropfolder.image.UnreadableCaptionException;
import org.dropfolder.ledger.Arrival;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetKind;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Captions;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.store.Dropped;
import org.dropfolder.store.ImageStore;
import org.dropfolder.store.Shelved;

/**
 * What is it, and is it sound? Reads a file once, from its first byte to its last, and keeps none of it but a caption's
 * text. Thread safe.
 */
public final class Examiner {
    private static final int HASH_IN_NAME = 8;

    private final ImageStore store;
    private final Captions captions;
    private final Folders folders;
    private final Terms terms;
    private final Stillness stillness;

    /**
     * What an image may be.
     *
     * @param imageSize bytes, at most
     * @param convert   whether one that can't be sent as it is may become another one
     * @param measure   whether it is measured while it is read
     */
    public record Terms(long imageSize, boolean convert, boolean measure) { }

    /** @param stillness knows how long what ends too early is waited for */
    public Examiner(ImageStore store, Captions captions, Folders folders, Terms terms, Stillness stillness) {
        this.store = store;
        this.captions = captions;
        this.folders = folders;
        this.terms = terms;
        this.stillness = stillness;
    }

    /**
     * What the dropped file is, and why it is to be set aside if it is. One that ends too early counts as unfinished until it
     * stood still for long, and so does one that changed while it was read.
     *
     * @throws IOException if it can't be read
     */
    public Examined examine(Dropped dropped) throws IOException {
        Examined read = examine(folders.datasetOf(dropped.source()), dropped, () -> store.openSource(dropped.source()));
        boolean asItWas = store.look(dropped.source()).equals(Optional.of(dropped));
        return judged(read, asItWas, stillness.endsHere(dropped));
    }

    /**
     * The same for a file that was accepted, set aside or found to be a copy, as it lies in the data folder now; nothing if it
     * does not lie there any more.
     *
     * @throws IOException if it can't be read
     */
    Optional<Examined> examineAgain(Dataset dataset, Asset asset) throws IOException {
        Optional<Dropped> there = store.lookTarget(asset.target());
        if (there.isEmpty()) {
            return Optional.empty();
        }
        Dropped as = new Dropped(asset.source(), there.get().size(), there.get().modified());
        Examined read = examine(dataset, as, () -> store.openTarget(asset.target()));
        boolean asItWas = store.lookTarget(asset.target()).equals(there);
        return Optional.of(judged(read, asItWas, stillness.rests(there.get())));
    }

    /** What was read of a file that changes may never have been there as a whole. */
    private static Examined judged(Examined read, boolean asItWas, boolean endsHere) {
        boolean whole = read.finding() == Examined.Finding.COMPLETE || endsHere;
        return read.as(asItWas && whole ? Examined.Finding.COMPLETE : Examined.Finding.UNFINISHED);
    }

    /** Whether a file in the data may be written on by whoever dropped it. */
    boolean mayBeWrittenOn() {
        return store.isWrittenOn();
    }

    /** Whether a file in the data folder is there, stands still, and is not the one that the ledger knows. */
    boolean differs(Asset asset) throws IOException {
        return store.lookTarget(asset.target()).filter(now -> !same(asset, now) && stillness.settled(now)).isPresent();
    }

    /** Whether size and time say that this is the file that the ledger knows. */
    static boolean same(Asset asset, Dropped now) {
        return asset.size() == now.size() && asset.modified().toEpochMilli() == now.modified().toEpochMilli();
    }

    /**
     * The same for a file that lies in the data folder. In which folder below its dataset's it was dropped is forgotten.
     *
     * @throws IOException if it can't be read
     */
    Arrival examineFound(Shelved shelved) throws IOException {
        String target = shelved.file().source();
        Dropped file = store.lookTarget(target).orElseThrow(() -> new NoSuchFileException(target));
        String source = shelved.dataset().isEmpty() ? shelved.name() : shelved.dataset() + "/" + shelved.name();
        Dropped as = new Dropped(source, file.size(), file.modified());
        return examine(folders.dataset(shelved.dataset()), as, () -> store.openTarget(target)).arrival().orElseThrow();
    }

    /**
     * The same for a file in the data folder that counts as dropped at another place, as a container's part does. A caption is
     * never too late then: its image may be the next part.
     *
     * @param source that place
     * @throws java.nio.file.NoSuchFileException if it is gone
     * @throws IOException                       if it can't be read
     */
    Arrival examineAs(Dataset dataset, String source, String target) throws IOException {
        Dropped file = store.lookTarget(target).orElseThrow(() -> new NoSuchFileException(target));
        Dropped as = new Dropped(source, file.size(), file.modified());
        Decoder.Source bytes = () -> store.openTarget(target);
        return FileNames.caption(name(as)) ? caption(dataset, as, bytes, Optional.empty())
            : examine(dataset, as, bytes).arrival().orElseThrow();
    }

    /**
     * What kind of file this is.
     *
     * @throws IOException if it can't be read
     */
    FileType typeOf(String target) throws IOException {
        try (InputStream bytes = store.openTarget(target)) {
            return Probe.read(bytes).type();
        }
    }

    /** Bytes of an image, at most. */
    long imageSize() {
        return terms.imageSize;
    }

    private Examined examine(Dataset dataset, Dropped dropped, Decoder.Source bytes) throws IOException {
        if (FileNames.caption(name(dropped))) {
            return Examined.read(Examined.Finding.COMPLETE, dropped, caption(dataset, dropped, bytes,
                tooLate(dataset, dropped) ? Optional.of(Reason.captionTooLate(name(dropped))) : Optional.empty()));
        }
        // what is larger becomes another image, which is measured then
        boolean measured = terms.measure && dropped.size() <= terms.imageSize;
        Content content = measured ? Decoder.look(name(dropped), bytes) : Decoder.read(name(dropped), bytes);
        Examined.Finding finding = content.condition().mayGrow() ? Examined.Finding.UNFINISHED
            : Examined.Finding.COMPLETE;
        return Examined.read(finding, dropped, image(dataset, dropped, content));
    }

    /** Why an image of this content can't be used, if it can't. */
    Optional<Reason> fault(String name, Content content) {
        Optional<Reason> reason = Reason.of(name, content);
        if (reason.isPresent()) {
            return reason;
        }
        return content.size() > terms.imageSize ? Optional.of(Reason.tooLarge(name, content.size(), terms.imageSize)) : Optional.empty();
    }

    private Arrival image(Dataset dataset, Dropped dropped, Content content) {
        Optional<AssetKind> container = container(content);
        if (container.isPresent()) {
            return arrival(dataset, dropped, container.get(), content, List.of(), Optional.empty(),
                withoutFolder(dataset, dropped).map(Reason::text));
        }
        Optional<String> reason = withoutFolder(dataset, dropped).or(() -> fault(name(dropped), content)).map(Reason::text);
        List<String> names = content.format().map(format -> sentNames(name(dropped), format, content.sha256()))
            .orElse(List.of());
        Optional<String> look = content.look().filter(measured -> reason.isEmpty()).map(Look::written);
        return arrival(dataset, dropped, AssetKind.IMAGE, content, names, Optional.empty(), reason).withLook(look);
    }

    /** What it is if something can be taken out of it. */
    private Optional<AssetKind> container(Content content) {
        if (!content.condition().isThere()) {
            return Optional.empty();
        }
        if (content.type() == FileType.ZIP) {
            return Optional.of(AssetKind.ARCHIVE);
        }
        boolean tooLarge = content.format().isPresent() && content.size() > terms.imageSize;
        return terms.convert && (tooLarge || content.type().convertible()) ? Optional.of(AssetKind.ORIGINAL) : Optional.empty();
    }

    private Arrival caption(Dataset dataset, Dropped dropped, Decoder.Source bytes, Optional<Reason> late) throws IOException {
        byte[] begin;
        try (InputStream stream = bytes.open()) {
            begin = stream.readNBytes(Caption.LARGEST + 1);
        }
        Content content;
        try (InputStream stream = dropped.size() > begin.length ? bytes.open() : new ByteArrayInputStream(begin)) {
            content = Probe.digest(stream);
        }
        Optional<String> text = Optional.empty();
        Optional<Reason> reason = withoutFolder(dataset, dropped);
        try {
            text = Caption.read(name(dropped), begin);
        } catch (UnreadableCaptionException e) {
            reason = reason.or(() -> Optional.of(e.reason()));
        }
        return arrival(dataset, dropped, AssetKind.CAPTION, content, List.of(), text, reason.or(() -> late).map(Reason::text));
    }

    private static Arrival arrival(Dataset dataset, Dropped dropped, AssetKind kind, Content content,
                                   List<String> names, Optional<String> caption, Optional<String> reason) {
        return new Arrival(dataset, kind, dropped.source(), stem(dropped), content.size(), dropped.modified(),
            dropped.version(), content.sha256(), content.crc32(), names, caption, reason);
    }

    /** A caption travels with its image; once that is sent, and no other of its stem waits or lies in the inbox, it can't follow. */
    private boolean tooLate(Dataset dataset, Dropped dropped) throws IOException {
        String stem = stem(dropped);
        // most captions need no look at the inbox; what leaves it while it is looked at has its row in the ledger by then
        return sent(dataset, stem) && !store.liesBeside(dropped.source(), other -> !FileNames.junk(other)
            && !FileNames.caption(other) && FileNames.stemKey(FileNames.beside(dropped.source(), other)).equals(stem)) && sent(dataset, stem);
    }

    private boolean sent(Dataset dataset, String stem) {
        List<Asset> images = captions.imagesOf(dataset.id(), stem);
        return images.stream().anyMatch(image -> image.kind() == AssetKind.IMAGE
                && (image.state() == AssetState.BATCHED || image.state() == AssetState.UPLOADED))
            && images.stream().noneMatch(image -> image.state() == AssetState.ARRIVING || image.state() == AssetState.ACCEPTED);
    }

    private static Optional<Reason> withoutFolder(Dataset dataset, Dropped dropped) {
        return dataset.name().isEmpty() ? Optional.of(Reason.withoutFolder(name(dropped))) : Optional.empty();
    }

    /** Its own name; if the dataset has that, one with a part of its hash; for hostile cases one with the whole of it. */
    private static List<String> sentNames(String name, ImageFormat format, String sha256) {
        String own = FileNames.safe(name, format);
        return List.of(own, FileNames.numbered(own, sha256.substring(0, HASH_IN_NAME)), FileNames.numbered(own, sha256));
    }

    private static String name(Dropped dropped) {
        return dropped.source().substring(dropped.source().lastIndexOf('/') + 1);
    }

    /** An image and its caption lie in one folder, so the folder belongs to what pairs them. */
    private static String stem(Dropped dropped) {
        return FileNames.stemKey(dropped.source());
    }
}
