package org.dropfolder.pipeline;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.dropfolder.image.Converter;
import org.dropfolder.image.ImageFormat;
import org.dropfolder.image.UnusableException;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Sample;
import org.dropfolder.ledger.SampleState;
import org.dropfolder.store.ImageStore;

/**
 * Small pictures of what was dropped, for people to look at. They are made when they are asked for, one at a time, and the
 * last ones are kept in memory. Thread safe.
 */
public final class Gallery {
    /** Pixels of the longer side, at most. */
    static final int SIDE = 480;
    /** So many may wait for theirs; a picture of the largest image takes a second. */
    static final int WAITING = 8;
    /** Bytes of pictures that are kept. */
    private static final long KEPT = 24L << 20;
    /** What an entry takes beside its picture. */
    private static final long ENTRY = 512;

    private final Ledger ledger;
    private final ImageStore store;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<String, Optional<Converter.Picture>> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    public Gallery(Ledger ledger, ImageStore store) {
        this.ledger = ledger;
        this.store = store;
    }

    /**
     * What is shown of an image.
     *
     * @param version another content has another one
     * @param picture empty where none can be made of it
     */
    public record Exhibit(String version, Optional<Converter.Picture> picture) { }

    /**
     * The picture of a dataset's image, also of one that was set aside; empty if there is no such image.
     *
     * @param dataset the name of its folder
     * @throws BusyException if too many wait already
     * @throws IOException   if its bytes can't be read now
     */
    public Optional<Exhibit> of(String dataset, long image) throws BusyException, IOException {
        Optional<Asset> asset = dataset.isEmpty() ? Optional.empty()
            : ledger.datasets().named(dataset).flatMap(found -> ledger.listings().image(found.id(), image));
        return asset.isEmpty() ? Optional.empty()
            : Optional.of(new Exhibit(asset.get().sha256(), picture(asset.get())));
    }

    /**
     * What a dataset's model drew in this run; empty if it drew nothing.
     *
     * @throws BusyException if too many wait already
     * @throws IOException   if its bytes can't be read now
     */
    public Optional<Exhibit> sample(String dataset, long run) throws BusyException, IOException {
        Optional<Sample> kept = ledger.datasets().named(dataset).stream().flatMap(found -> ledger.samples().ofDataset(found.id()).stream())
            .filter(sample -> sample.state() == SampleState.KEPT && ledger.trainings().get(sample.trainingId()).run() == run).findFirst();
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        String target = kept.get().target().orElseThrow();
        String version = kept.get().endedAt().map(at -> Long.toString(at.toEpochMilli())).orElse("");
        return Optional.of(new Exhibit(version, picture(new Work(target + version, target, () -> store.openChannel(target)))));
    }

    /** What a picture is made of: the same content has the same key. */
    private record Work(String content, String name, Opening opening) { }

    /** Opens the bytes; the caller closes them. */
    private interface Opening {
        SeekableByteChannel open() throws IOException;
    }

    private Optional<Converter.Picture> picture(Asset asset) throws BusyException, IOException {
        return picture(work(asset));
    }

    private Work work(Asset asset) {
        return new Work(asset.sha256(), asset.name(), () -> open(asset));
    }

    private Optional<Converter.Picture> picture(Work work) throws BusyException, IOException {
        Optional<Optional<Converter.Picture>> here = remembered(work.content());
        if (here.isPresent()) {
            return here.get();
        }
        if (waiting.incrementAndGet() > WAITING) {
            waiting.decrementAndGet();
            throw new BusyException();
        }
        try {
            return inTurn(work);
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** The picture of this image, as {@link #of} gives it; whoever waits for it has a place already. */
    Optional<Converter.Picture> inTurn(Asset asset) throws IOException {
        return inTurn(work(asset));
    }

    private synchronized Optional<Converter.Picture> inTurn(Work work) throws IOException {
        Optional<Optional<Converter.Picture>> meanwhile = remembered(work.content());
        if (meanwhile.isPresent()) {
            return meanwhile.get();
        }
        Optional<Converter.Picture> made;
        try (SeekableByteChannel channel = work.opening().open()) {
            made = made(channel, work.name());
        }
        keep(work.content(), made);
        return made;
    }

    /** It may be on its way from one folder to the next. */
    private SeekableByteChannel open(Asset asset) throws IOException {
        try {
            return store.openChannel(asset.target());
        } catch (NoSuchFileException notYet) {
            if (asset.movingFrom().isEmpty()) {
                throw notYet;
            }
            return store.openChannel(asset.movingFrom().get());
        }
    }

    private static Optional<Converter.Picture> made(SeekableByteChannel channel, String name) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(ImageFormat.HEAD);
        while (head.hasRemaining() && channel.read(head) >= 0) {
            continue;
        }
        Optional<ImageFormat> format = ImageFormat.of(head.array());
        try {
            return format.isEmpty() ? Optional.empty() : Optional.of(Converter.picture(channel, name, format.get(), SIDE));
        } catch (UnusableException e) {
            return Optional.empty();
        }
    }

    private Optional<Optional<Converter.Picture>> remembered(String content) {
        synchronized (kept) {
            return Optional.ofNullable(kept.get(content));
        }
    }

    private void keep(String content, Optional<Converter.Picture> picture) {
        synchronized (kept) {
            kept.put(content, picture);
            bytes += weight(picture);
            for (Iterator<Optional<Converter.Picture>> oldest = kept.values().iterator(); bytes > KEPT && oldest.hasNext();) {
                bytes -= weight(oldest.next());
                oldest.remove();
            }
        }
    }

    private static long weight(Optional<Converter.Picture> picture) {
        return ENTRY + picture.map(made -> made.bytes().length).orElse(0);
    }
}
