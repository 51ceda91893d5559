package org.dropfolder.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The store in two folders of a disk, or of two disks. Only one process may use the same data at a time; people may
 * do in the inbox what they like.
 */
public final class FolderStore implements ImageStore {
    /** Ours are far shorter; people may have written anything into one. */
    static final int NOTE_BYTES = 4096;

    private final Folder inbox;
    private final Folder data;
    private final TargetNames names;
    private final TargetNames pending;
    private final Disk disk;
    private final Reports reports;

    /** Neither folder needs to be there yet; the data's is made when something is written. */
    public FolderStore(Path inbox, Path data) {
        this(inbox, data, Effects.UNDISTURBED);
    }

    /** @param effects is told of every change before it is made */
    public FolderStore(Path inbox, Path data, Effects effects) {
        this.inbox = new Folder(inbox);
        this.data = new Folder(data);
        this.names = new TargetNames(this::exists);
        // asked for each file while others wait: by java.io, which throws nothing where nothing is. A link that leads nowhere, which it
        // does not see, is never overwritten: the file arrives anew, with another id
        this.pending = new TargetNames(target -> this.data.at(target).toFile().exists());
        this.disk = new Disk(effects);
        this.reports = new Reports(disk);
    }

    @Override
    public Optional<Dropped> look(String source) throws IOException {
        return inbox.plain(source).map(file -> dropped(source, inbox.at(source), file));
    }

    @Override
    public Optional<Dropped> lookTarget(String target) throws IOException {
        Path path = data.at(target);
        return Folder.plain(path).map(file -> dropped(target, path, file));
    }

    @Override
    public InputStream openSource(String source) throws IOException {
        // opening anything but a plain file may wait for ever, as a pipe does
        if (inbox.plain(source).isEmpty()) {
            throw gone(source);
        }
        return Files.newInputStream(inbox.find(source), NOFOLLOW_LINKS);
    }

    @Override
    public InputStream openTarget(String target) throws IOException {
        return Files.newInputStream(plainTarget(target), NOFOLLOW_LINKS);
    }

    @Override
    public SeekableByteChannel openChannel(String target) throws IOException {
        return Files.newByteChannel(plainTarget(target), Set.of(READ, NOFOLLOW_LINKS));
    }

    private Path plainTarget(String target) throws IOException {
        Path path = data.at(target);
        if (Folder.plain(path).isEmpty()) {
            throw gone(target);
        }
        return path;
    }

    @Override
    public boolean exists(String target) {
        return Files.exists(data.at(target), NOFOLLOW_LINKS);
    }

    @Override
    public String pendingFor(String dataset, long id, String name) {
        return pending.withId(Shelf.PENDING.folder(), dataset, id, name);
    }

    @Override
    public String doneFor(String dataset, long id, String name) {
        return names.withId(Shelf.DONE.folder(), dataset, id, name);
    }

    @Override
    public String rejectedFor(String dataset, long id, String name) {
        return names.withOwnName(Shelf.REJECTED.folder(), dataset, id, name);
    }

    @Override
    public void take(String source, String target) throws IOException {
        Path from = inbox.find(source);
        disk.move(from, () -> inbox.plainAt(from), data.at(target));
    }

    @Override
    public void move(String from, String to) throws IOException {
        Path path = data.at(from);
        disk.move(path, () -> Folder.plain(path), data.at(to));
    }

    @Override
    public Map<Move, IOException> moveAll(List<Move> moves) {
        Map<Move, IOException> failed = new HashMap<>();
        Set<Path> renamedIn = new HashSet<>();
        for (Move move : moves) {
            Path path = data.at(move.from());
            try {
                disk.move(path, () -> Folder.plain(path), data.at(move.to()), renamedIn::add);
            } catch (IOException e) {
                failed.put(move, e);
            }
        }
        renamedIn.forEach(disk::sync);
        return failed;
    }

    @Override
    public String drop(String dataset, String name, Writing bytes) throws IOException {
        requireInbox();
        Path folder = inbox.at(TargetNames.source(dataset, name)).getParent();
        if (Files.exists(folder, NOFOLLOW_LINKS) && !Files.isDirectory(folder, NOFOLLOW_LINKS)) {
            throw new NotDirectoryException(folder.toString());
        }
        return dataset + "/" + disk.drop(folder, number -> inbox.at(dataset + "/" + TargetNames.further(name, number)), bytes).getFileName();
    }

    @Override
    public void clearHalfDropped(Instant before) throws IOException {
        for (String folder : inboxFolders(name -> true)) {
            Path path = inbox.at(folder);
            for (String name : names(path, file -> Disk.isHalfDropped(file) && Folder.plain(file)
                    .filter(half -> half.lastModifiedTime().toInstant().isBefore(before)).isPresent())) {
                disk.remove(path.resolve(name));
            }
        }
    }

    @Override
    public String stage(long container, int part, Writing bytes) throws IOException {
        String target = Shelf.STAGING + "/" + container + "-" + part;
        disk.write(data.at(target), bytes);
        return target;
    }

    @Override
    public void unstage(Predicate<String> but) throws IOException {
        Path folder = data.at(Shelf.STAGING);
        if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!but.test(Shelf.STAGING + "/" + file.getFileName())) {
                    disk.remove(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    @Override
    public void explain(String rejectedTarget, String reason) throws IOException {
        disk.write(data.at(rejectedTarget + TargetNames.NOTE), (reason + "\n").getBytes(UTF_8));
    }

    @Override
    public void unexplain(String rejectedTarget) throws IOException {
        disk.remove(data.at(rejectedTarget + TargetNames.NOTE));
    }

    @Override
    public Optional<String> explanation(String rejectedTarget) throws IOException {
        Path note = data.at(rejectedTarget + TargetNames.NOTE);
        if (Folder.plain(note).isEmpty()) {
            return Optional.empty();
        }
        try (InputStream bytes = Files.newInputStream(note, NOFOLLOW_LINKS)) {
            return new String(bytes.readNBytes(NOTE_BYTES), UTF_8).lines().findFirst();
        }
    }

    @Override
    public void list(Shelf shelf, Consumer<List<Shelved>> pages) throws IOException {
        new Inventory(data, shelf, pages).read();
    }

    @Override
    public void writeModel(String dataset, byte[] json) throws IOException {
        disk.write(data.at(TargetNames.model(dataset)), json);
    }

    @Override
    public void writeSheet(String dataset, byte[] jpeg) throws IOException {
        disk.write(data.at(TargetNames.sheet(dataset)), jpeg);
    }

    @Override
    public String sampleFor(String dataset, int run, String ending) {
        return names.sample(dataset, run, ending);
    }

    @Override
    public void writeSample(String target, Writing bytes) throws IOException {
        disk.write(data.at(target), bytes);
    }

    @Override
    public boolean writeReport(String folder, String text) throws IOException {
        // the inbox itself may be a link; what lies in it must not lead out of it
        Path root = inbox.root().toRealPath();
        return reports.write(folder.isEmpty() ? root : root.resolve(inbox.root().relativize(inbox.find(folder))), text);
    }

    @Override
    public Optional<Obstacle> obstacle(String source) throws IOException {
        return Obstacle.at(inbox.find(source));
    }

    @Override
    public boolean inboxHolds(String folder, Instant newerThan) throws IOException {
        Path at = inbox.at(folder);
        requireInbox();
        return Arrivals.any(at, newerThan);
    }

    @Override
    public boolean inboxHolds(Instant newerThan) throws IOException {
        requireInbox();
        return Arrivals.anyDirectlyIn(inbox.root(), newerThan);
    }

    @Override
    public List<String> inboxFolders(Predicate<String> name) throws IOException {
        requireInbox();
        return names(inbox.root(), path -> name.test(path.getFileName().toString()) && Files.isDirectory(path, NOFOLLOW_LINKS));
    }

    @Override
    public boolean liesBeside(String source, Predicate<String> name) throws IOException {
        requireInbox();
        Path folder = inbox.find(source).getParent();
        return Files.isDirectory(folder, NOFOLLOW_LINKS) && !names(folder,
            path -> name.test(path.getFileName().toString()) && Folder.plain(path).isPresent()).isEmpty();
    }

    private static List<String> names(Path folder, DirectoryStream.Filter<Path> which) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, which)) {
            all.forEach(path -> names.add(path.getFileName().toString()));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /** A share that is not mounted must not look like a folder that is empty. */
    private void requireInbox() throws IOException {
        if (!Files.isDirectory(inbox.root())) {
            throw new NoSuchFileException(inbox.root().toString());
        }
    }

    @Override
    public boolean hasFolders() {
        return true;
    }

    @Override
    public boolean isWrittenOn() {
        return true;
    }

    @Override
    public Optional<String> inboxTrouble() {
        return Soundness.ofInbox(inbox.root()).map(why -> why + ". Mount it, or make it again, and let this server read and write it.");
    }

    @Override
    public Optional<String> dataTrouble() {
        return Soundness.ofData(data.root(), List.of("pending", "done", "rejected", "models", Shelf.STAGING))
            .map(why -> why + ". Make room, or let this server write there.");
    }

    private static Dropped dropped(String location, Path path, BasicFileAttributes file) {
        return new Dropped(location, file.size(), file.lastModifiedTime().toInstant(), Folder.changed(path, file));
    }

    private static NoSuchFileException gone(String location) {
        return new NoSuchFileException(location, null, "Could not read it: no plain file is there."
                + " Look whether it was moved or deleted, and drop it again");
    }
}
