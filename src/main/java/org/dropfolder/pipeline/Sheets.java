package org.dropfolder.pipeline;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.dropfolder.image.ContactSheet;
import org.dropfolder.image.Converter;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Picture;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.dropfolder.store.ImageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All of a dataset's pictures on one sheet: kept beside its model's file when its training ends, and made anew for whoever asks, one
 * picture after the other. The last few are remembered as long as nothing changes. Thread safe.
 */
public final class Sheets {
    private static final Logger LOG = LoggerFactory.getLogger(Sheets.class);
    /** A dataset holds no more. */
    private static final int PICTURES = 100;
    private static final int REMEMBERED = 4;
    /** So many may wait for theirs; one of large pictures takes half a minute. */
    private static final int WAITING = 4;

    private final Ledger ledger;
    private final ImageStore store;
    private final Gallery gallery;
    private final AtomicBoolean wordless = new AtomicBoolean();
    private final AtomicInteger asked = new AtomicInteger();
    private final Map<Long, Sheet> sheets = new LinkedHashMap<>(16, 0.75f, true);

    public Sheets(Ledger ledger, ImageStore store, Gallery gallery) {
        this.ledger = ledger;
        this.store = store;
        this.gallery = gallery;
    }

    /**
     * A sheet.
     *
     * @param version other pictures or captions have another one
     * @param jpeg    its bytes
     */
    public record Sheet(String version, byte[] jpeg) { }

    /**
     * The sheet of this folder's dataset as it is now; nothing where it has no pictures.
     *
     * @throws BusyException if too many wait already
     * @throws IOException   if a picture can't be read now
     */
    public Optional<Sheet> of(String name) throws BusyException, IOException {
        Optional<Dataset> dataset = name.isEmpty() ? Optional.empty() : ledger.datasets().named(name);
        try {
            if (asked.incrementAndGet() > WAITING) {
                throw new BusyException();
            }
            return dataset.isEmpty() ? Optional.empty() : of(dataset.get(), ledger.pictures().of(dataset.get().id(), PICTURES));
        } finally {
            asked.decrementAndGet();
        }
    }

    /**
     * Keeps the sheet of what the model learned from beside its file, where there is a model. It is no part of the training: if it can't
     * be made, that is said, and all goes on.
     */
    public void keep(Training training) {
        if (training.state() != TrainingState.COMPLETED) {
            return;
        }
        Dataset dataset = ledger.datasets().get(training.datasetId());
        try {
            List<Picture> learned = ledger.pictures().of(dataset.id(), PICTURES).stream()
                .filter(picture -> picture.image().state() == AssetState.UPLOADED).toList();
            Optional<Sheet> sheet = of(dataset, learned);
            if (sheet.isPresent()) {
                store.writeSheet(dataset.name(), sheet.get().jpeg);
            }
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            LOG.warn("{}: could not keep its pictures on one sheet: {}. The page makes it anew whenever it is asked for.", dataset.name(),
                e.getMessage());
        }
    }

    /** One at a time. */
    private synchronized Optional<Sheet> of(Dataset dataset, List<Picture> pictures) throws IOException {
        if (pictures.isEmpty()) {
            return Optional.empty();
        }
        String version = Integer.toHexString(pictures.stream().map(picture -> picture.image().sha256() + picture.caption().orElse("")).toList().hashCode());
        Optional<Sheet> before = Optional.ofNullable(sheets.get(dataset.id())).filter(sheet -> sheet.version.equals(version));
        if (before.isPresent()) {
            return before;
        }
        ContactSheet sheet = new ContactSheet(pictures.size());
        for (Picture picture : pictures) {
            put(sheet, picture);
        }
        if (!sheet.hasWords() && !wordless.getAndSet(true)) {
            LOG.info("Sheets of pictures have no words, since this machine has no fonts. To have them: apt-get install fontconfig fonts-dejavu");
        }
        Sheet made = new Sheet(version, sheet.jpeg());
        remember(dataset.id(), made);
        return Optional.of(made);
    }

    private void put(ContactSheet sheet, Picture picture) throws IOException {
        String words = picture.caption().orElse(picture.image().name());
        Optional<Converter.Picture> small = gallery.inTurn(picture.image());
        if (small.isPresent()) {
            sheet.add(small.get(), words);
        } else {
            sheet.skip(words);
        }
    }

    private void remember(long dataset, Sheet sheet) {
        sheets.put(dataset, sheet);
        if (sheets.size() > REMEMBERED) {
            sheets.remove(sheets.keySet().iterator().next());
        }
    }
}
