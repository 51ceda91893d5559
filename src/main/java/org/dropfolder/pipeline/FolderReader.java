package org.dropfolder.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dropfolder.folder.FaultyFileException;
import org.dropfolder.folder.FolderSettings;
import org.dropfolder.folder.SettingsReader;
import org.dropfolder.image.FileNames;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.FolderFile;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.store.Dropped;
import org.dropfolder.store.ImageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what people set in a dataset's folder, and writes it down: once it stands still, once it changed, once it is gone. Looks at the
 * inbox tell of each such file that they see; one that was read as it is costs nothing more. A start reads each anew. Thread safe.
 */
public final class FolderReader {
    private static final Logger LOG = LoggerFactory.getLogger(FolderReader.class);

    private final Ledger ledger;
    private final ImageStore store;
    private final Folders folders;
    private final Stillness stillness;
    private final SettingsReader reader;
    /** By where they lie: as they were when they were read, or nothing if that was before the start. */
    private final Map<String, Optional<Dropped>> known = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> due = new LinkedHashSet<>();

    public FolderReader(Ledger ledger, ImageStore store, Folders folders, Stillness stillness, SettingsReader reader) {
        this.ledger = ledger;
        this.store = store;
        this.folders = folders;
        this.stillness = stillness;
        this.reader = reader;
        ledger.folderFiles().all().forEach(file -> known.put(file.source(), Optional.empty()));
    }

    /** A look at the inbox came upon such a file. */
    void saw(String location) {
        if (counts(location)) {
            saw(now(location));
        }
    }

    /** The same for one that was looked at just now. */
    void saw(Dropped file) {
        if (counts(file.source())) {
            see(file);
        }
    }

    private synchronized void see(Dropped file) {
        seen.add(file.source());
        if (!isAsRead(file) && stillness.still(file)) {
            due.add(file.source());
        }
    }

    /** The inbox was looked through: what was not seen may be gone. */
    synchronized void lookedThrough() {
        known.keySet().stream().filter(source -> !seen.contains(source)).forEach(due::add);
        seen.clear();
    }

    /** Where something is to be read now; each is told once, and again when a look comes upon it. */
    public synchronized List<String> due() {
        List<String> sources = List.copyOf(due);
        due.clear();
        return sources;
    }

    /** Reads it, and answers its dataset, whose training may have waited for that. */
    public List<String> read(String source) {
        Dropped before = now(source);
        if (!counts(source) || before.equals(nothing(source))) {
            return gone(source);
        }
        if (isAsRead(before)) {
            return List.of(); // a look that did not go through all of the inbox missed it
        }
        if (before.equals(barred(source))) {
            return write(faulty(source, "it is no plain file that the server may read"), before);
        }
        try {
            FolderFile file = read(source, bytes(source));
            return now(source).equals(before) ? write(file, before) : List.of();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            // it is tried again, with pauses, as long as looks come upon it
            return write(faulty(source, "it can't be read (" + FileNames.printable(String.valueOf(e.getMessage())) + ")"), nothing(source));
        }
    }

    private FolderFile read(String source, byte[] bytes) {
        long dataset = folders.datasetOf(source).id();
        try {
            return FolderFile.of(source, dataset, reader.read(bytes).json());
        } catch (FaultyFileException e) {
            return FolderFile.faulty(source, dataset, e.getMessage());
        }
    }

    private FolderFile faulty(String source, String why) {
        return FolderFile.faulty(source, folders.datasetOf(source).id(), "Could not use dropfolder.yaml: " + why + ". Put one there that can "
            + "be read. Until then nothing is trained; images go on.");
    }

    /**
     * Whether all that people set for this dataset was read as it is at this moment; what was not is due.
     *
     * @throws IOException if the inbox can't be looked at
     */
    boolean isRead(Dataset dataset) throws IOException {
        Set<String> sources = new HashSet<>();
        ledger.folderFiles().of(dataset.id()).forEach(file -> sources.add(file.source()));
        for (String folder : folders.namesOf(dataset)) {
            String beside = folder.isEmpty() ? "any" : folder + "/any";
            // asked for its names alone
            store.liesBeside(beside, name -> {
                if (FileNames.settings(name)) {
                    sources.add(FileNames.beside(beside, name));
                }
                return false;
            });
        }
        return sources.stream().map(this::now).map(this::isKnown).reduce(true, Boolean::logicalAnd);
    }

    private synchronized boolean isKnown(Dropped now) {
        boolean is = isAsRead(now);
        if (!is) {
            due.add(now.source());
        }
        return is;
    }

    private synchronized boolean isAsRead(Dropped now) {
        return known.getOrDefault(now.source(), Optional.empty()).equals(Optional.of(now));
    }

    /** Whoever can't look at the inbox knows nothing of what lies there: a share is away now and then. */
    private List<String> write(FolderFile file, Dropped read) {
        if (file.trouble().isPresent() && store.inboxTrouble().isPresent()) {
            return List.of();
        }
        String what = file.trouble().orElseGet(() -> "dropfolder.yaml sets"
            + file.settings().map(FolderSettings::of).map(FolderSettings::words).filter(words -> !words.isEmpty())
                .map(words -> ": " + String.join("; ", words)).orElse(" nothing"));
        String name = ledger.datasets().nameOf(file.datasetId());
        boolean changed = ledger.folderFiles().read(file, what);
        // not before: a training that finds it read is asked for as the ledger says
        synchronized (this) {
            known.put(file.source(), Optional.of(read));
        }
        if (changed && file.trouble().isPresent()) {
            LOG.warn("{}: {}", name, what);
        } else if (changed) {
            LOG.info("{}: {}", name, what);
        }
        return List.of(name);
    }

    private List<String> gone(String source) {
        // a share that was away for a moment may be there again
        if (store.inboxTrouble().isPresent() || counts(source) && !now(source).equals(nothing(source))) {
            return List.of();
        }
        // until that is written down, nothing that lies there again counts as read
        synchronized (this) {
            known.put(source, Optional.empty());
        }
        Optional<FolderFile> was = ledger.folderFiles().gone(source);
        synchronized (this) {
            known.remove(source);
        }
        was.ifPresent(file -> LOG.info("{}: dropfolder.yaml is gone, so the server's own settings hold again",
            ledger.datasets().nameOf(file.datasetId())));
        return was.map(file -> ledger.datasets().get(file.datasetId())).or(() -> folders.knownOf(source)).map(Dataset::name).stream().toList();
    }

    private byte[] bytes(String source) throws IOException {
        try (InputStream stream = store.openSource(source)) {
            return stream.readNBytes(SettingsReader.LARGEST + 1);
        }
    }

    /** Whether a file there counts: right in a dataset's folder. */
    private boolean counts(String location) {
        int slash = location.indexOf('/');
        return slash < 0 ? folders.takesAll() : location.indexOf('/', slash + 1) < 0 && folders.whyNot(location.substring(0, slash)).isEmpty();
    }

    /** As it stands now; what can't be looked at, such as a link, is something that can't be read. */
    private Dropped now(String source) {
        try {
            Optional<Dropped> file = store.look(source);
            return file.isPresent() ? file.get() : store.obstacle(source).isPresent() ? barred(source) : nothing(source);
        } catch (IOException | InvalidPathException e) {
            return barred(source);
        }
    }

    private static Dropped barred(String source) {
        return new Dropped(source, -1, Instant.EPOCH);
    }

    private static Dropped nothing(String source) {
        return new Dropped(source, 0, Instant.EPOCH);
    }
}
