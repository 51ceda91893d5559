package org.dropfolder.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The store in two places of a bucket, or of two buckets of one service. No byte touches a disk of this machine. Only one
 * process may use the same data at a time; people may do in the inbox what they like.
 *
 * <p>A file's version is its entity tag, which tells contents apart and is no hash. What is moved is copied by the service;
 * the time of its content, to the second, goes with it as a note.
 */
public final class S3Store implements ImageStore {
    private final S3Place inbox;
    private final S3Place data;
    private final S3Objects objects;
    private final S3Moves moves;
    private final S3Inbox dropped;
    private final S3Trials trials;
    private final S3Soundness soundness;
    private final S3Obstacles obstacles;
    private final TargetNames names;

    /**
     * @param client  stays the caller's, who closes it after the last use of this store
     * @param data    must not {@linkplain S3Place#overlaps overlap} with the inbox
     * @param effects is told of every change before it is made
     */
    public S3Store(S3Client client, S3Place inbox, S3Place data, S3Encryption encryption, Effects effects) {
        this.inbox = inbox;
        this.data = data;
        this.trials = new S3Trials(client, inbox, data, encryption);
        this.soundness = new S3Soundness(trials, System::nanoTime);
        this.obstacles = new S3Obstacles(client, inbox, soundness);
        this.objects = new S3Objects(client, encryption, effects, soundness::suspect);
        this.moves = new S3Moves(objects, S3Moves.Sizes.OF_S3);
        this.dropped = new S3Inbox(objects, inbox);
        this.names = new TargetNames(this::isTaken);
    }

    @Override
    public Optional<Dropped> look(String source) throws IOException {
        try {
            return objects.head(inbox.bucket(), inbox.key(source))
                .map(found -> new Dropped(source, found.contentLength(), found.lastModified(), found.lastModified(), found.eTag()));
        } catch (S3FaultException e) {
            obstacles.notRead(source, e);
            throw e;
        }
    }

    @Override
    public Optional<Dropped> lookTarget(String target) throws IOException {
        return objects.head(data.bucket(), data.key(target)).map(found -> new Dropped(target, found.contentLength(),
            S3Notes.modified(found), S3Notes.modified(found), found.eTag()));
    }

    @Override
    public InputStream openSource(String source) throws IOException {
        try {
            return objects.read(inbox.bucket(), inbox.key(source)).orElseThrow(() -> gone(source));
        } catch (S3FaultException e) {
            obstacles.notRead(source, e);
            throw e;
        }
    }

    @Override
    public InputStream openTarget(String target) throws IOException {
        return objects.read(data.bucket(), data.key(target)).orElseThrow(() -> gone(target));
    }

    @Override
    public SeekableByteChannel openChannel(String target) throws IOException {
        S3Moves.Spot spot = spot(data, target);
        HeadObjectResponse found = objects.head(spot.bucket(), spot.key()).orElseThrow(() -> gone(target));
        return new S3Channel(objects, spot, found.eTag(), found.contentLength());
    }

    @Override
    public boolean exists(String target) throws IOException {
        return objects.head(data.bucket(), data.key(target)).isPresent();
    }

    @Override
    public String pendingFor(String dataset, long id, String name) {
        return names.withId(Shelf.PENDING.folder(), dataset, id, name);
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
        try {
            moves.move(spot(inbox, source), spot(data, target), true);
        } catch (S3FaultException e) {
            if (exists(target)) {
                obstacles.notDeleted(source, e);
            }
            throw e;
        }
    }

    @Override
    public void move(String from, String to) throws IOException {
        moves.move(spot(data, from), spot(data, to), false);
    }

    @Override
    public String drop(String dataset, String name, Writing bytes) throws IOException {
        return dropped.drop(dataset, name, bytes);
    }

    @Override
    public void clearHalfDropped(Instant before) {
        // a half-sent object is none
    }

    @Override
    public String stage(long container, int part, Writing bytes) throws IOException {
        String target = Shelf.STAGING + "/" + container + "-" + part;
        write(target, bytes, true);
        return target;
    }

    @Override
    public void unstage(Predicate<String> but) throws IOException {
        List<String> left = new ArrayList<>();
        objects.list(data.bucket(), data.key(Shelf.STAGING) + "/", S3Objects.PAGE, page -> {
            page.stream().map(S3Object::key).filter(key -> data.location(key).filter(but.negate()).isPresent()).forEach(left::add);
            return true;
        });
        for (String key : left) {
            objects.delete(data.bucket(), key, Optional.empty());
        }
    }

    @Override
    public void explain(String rejectedTarget, String reason) throws IOException {
        write(rejectedTarget + TargetNames.NOTE, (reason + "\n").getBytes(UTF_8));
    }

    @Override
    public void unexplain(String rejectedTarget) throws IOException {
        String note = rejectedTarget + TargetNames.NOTE;
        // where versions are kept, deleting nothing leaves a mark, too
        if (exists(note)) {
            objects.delete(data.bucket(), data.key(note), Optional.empty());
        }
    }

    @Override
    public Optional<String> explanation(String rejectedTarget) throws IOException {
        Optional<InputStream> note = objects.read(data.bucket(), data.key(rejectedTarget + TargetNames.NOTE));
        if (note.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream bytes = note.get()) {
            return new String(bytes.readNBytes(FolderStore.NOTE_BYTES), UTF_8).lines().findFirst();
        }
    }

    @Override
    public void list(Shelf shelf, Consumer<List<Shelved>> pages) throws IOException {
        new S3Inventory(objects, data, shelf, pages).read();
    }

    @Override
    public void writeModel(String dataset, byte[] json) throws IOException {
        write(TargetNames.model(dataset), json);
    }

    @Override
    public void writeSheet(String dataset, byte[] jpeg) throws IOException {
        write(TargetNames.sheet(dataset), jpeg);
    }

    @Override
    public String sampleFor(String dataset, int run, String ending) {
        return names.sample(dataset, run, ending);
    }

    @Override
    public void writeSample(String target, Writing bytes) throws IOException {
        write(target, bytes, false);
    }

    @Override
    public boolean writeReport(String folder, String text) throws IOException {
        return dropped.report(folder, text);
    }

    /** An object is no link and no pipe; that it may not be read, or lies in an archive, its first reading tells. */
    @Override
    public Optional<Obstacle> obstacle(String source) throws IOException {
        inbox.key(source);
        return obstacles.at(source);
    }

    /**
     * A page of what lies in the inbox, however deep, in the order of keys; junk is among it.
     *
     * @param after where the page before ended; none for the first
     * @throws IOException if the inbox can't be listed
     */
    public DroppedPage inboxPage(Optional<String> after) throws IOException {
        DroppedPage page = dropped.page(after);
        soundness.inboxListed();
        return page;
    }

    @Override
    public boolean inboxHolds(String folder, Instant newerThan) throws IOException {
        return dropped.holds(folder, newerThan);
    }

    @Override
    public boolean inboxHolds(Instant newerThan) throws IOException {
        return dropped.holds(newerThan);
    }

    @Override
    public List<String> inboxFolders(Predicate<String> name) throws IOException {
        return dropped.folders(name);
    }

    @Override
    public boolean liesBeside(String source, Predicate<String> name) throws IOException {
        return dropped.liesBeside(source, name);
    }

    /** A folder that was emptied is none any more. */
    @Override
    public boolean hasFolders() {
        return false;
    }

    /** An object is there once all of it is. */
    @Override
    public boolean isWrittenOn() {
        return false;
    }

    @Override
    public Optional<String> inboxTrouble() {
        return soundness.ofInbox();
    }

    @Override
    public Optional<String> dataTrouble() {
        return soundness.ofData();
    }

    /**
     * Tries all that is done in both places, with an object of its own, and leaves nothing behind.
     *
     * @param reports whether the inbox is written to, too
     */
    public List<S3Tried> tryAll(boolean reports) {
        return trials.all(reports);
    }

    private void write(String target, Writing bytes, boolean over) throws IOException {
        try (S3Output output = new S3Output(objects, data.bucket(), data.key(target), over)) {
            bytes.to(output);
            output.finish();
        }
    }

    private void write(String target, byte[] bytes) throws IOException {
        objects.put(data.bucket(), data.key(target), bytes, bytes.length, Optional.of("*"));
    }

    /** Where that can't be asked now: what is written down meanwhile must not be undone by it, and no move overwrites anything. */
    private boolean isTaken(String target) {
        try {
            return objects.headSoon(data.bucket(), data.key(target)).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private static S3Moves.Spot spot(S3Place place, String location) {
        return new S3Moves.Spot(place.bucket(), place.key(location));
    }

    private static NoSuchFileException gone(String location) {
        return new NoSuchFileException(location, null, "Could not read it: no object is there."
            + " Look whether it was moved or deleted, and drop it again");
    }
}
