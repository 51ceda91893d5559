package org.dropfolder.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The one place that knows where bytes rest. Nothing that was dropped is ever overwritten or deleted; the notes that
 * the server itself writes ({@code .reason.txt}, {@code models/}, {@code _status.txt}) are replaced whole, and taken away when
 * they are true no more.
 *
 * <p>Safe for use by several threads of one process. A location that would lead out of the inbox or the data, and a
 * dataset's name that is no single folder's, are refused with an {@link IllegalArgumentException}. Any other failure
 * is an {@link IOException}, and what failed can be done again.
 */
public interface ImageStore {
    /**
     * The dropped file as it stands now.
     *
     * @return nothing where it is gone, is no plain file, or is reached through a link
     */
    Optional<Dropped> look(String source) throws IOException;

    /** The same for a file in the data. */
    Optional<Dropped> lookTarget(String target) throws IOException;

    /**
     * The bytes of a dropped file; the caller closes the stream.
     *
     * @throws java.nio.file.NoSuchFileException where {@link #look} would find nothing
     */
    InputStream openSource(String source) throws IOException;

    /**
     * The bytes of a file in the data; the caller closes the stream.
     *
     * @throws java.nio.file.NoSuchFileException where no plain file is there
     */
    InputStream openTarget(String target) throws IOException;

    /**
     * The same, to be read in any order; the caller closes the channel. A store that is far away fetches what is read.
     *
     * @throws java.nio.file.NoSuchFileException where no plain file is there
     */
    SeekableByteChannel openChannel(String target) throws IOException;

    /** Whether anything is at this target. */
    boolean exists(String target) throws IOException;

    /**
     * A free target for an accepted file: {@code pending/<dataset>/<id>-<name>}, the name made fit for a path and cut
     * to 200 bytes of UTF-8. Where a file is there already, from a ledger that was lost, {@code <id>.2-<name>} and
     * so on.
     *
     * @param dataset the name of its folder in the inbox; empty for a file that lies directly in the inbox
     */
    String pendingFor(String dataset, long id, String name) throws IOException;

    /** The same in {@code done/}. */
    String doneFor(String dataset, long id, String name) throws IOException;

    /**
     * A free target in {@code rejected/}, under the file's own name where neither that nor the note beside it is
     * taken, else as above. Two threads may be told the same one: the move of the second fails, and it asks again.
     */
    String rejectedFor(String dataset, long id, String name) throws IOException;

    /**
     * Moves a file from the inbox to the data, whole and with its time (to the microsecond where it must be copied).
     * Safe to do again: where the source is gone and the target is there it does nothing, and what was cut off in the
     * middle is finished.
     *
     * @throws java.nio.file.FileAlreadyExistsException where both are there and are not one file whose copying was cut
     *         off; both stay. The same where another thread is moving to this target now
     * @throws java.nio.file.NoSuchFileException where neither is there
     */
    void take(String source, String target) throws IOException;

    /** Whether a program that still has a file open can go on writing it after it was {@linkplain #take taken}. */
    boolean isWrittenOn();

    /** Moves a file within the data, with the same promises as {@link #take}. */
    void move(String from, String to) throws IOException;

    /** A file's way within the data. */
    record Move(String from, String to) { }

    /**
     * Moves several files within the data, each as {@link #move} does it. A store that waits for the disk after a move waits once
     * for all.
     *
     * @return why those failed that did; the others are where they belong
     */
    default Map<Move, IOException> moveAll(List<Move> moves) {
        Map<Move, IOException> failed = new HashMap<>();
        for (Move move : moves) {
            try {
                move(move.from(), move.to());
            } catch (IOException e) {
                failed.put(move, e);
            }
        }
        return failed;
    }

    /** The bytes of a file that is made here. */
    @FunctionalInterface
    interface Writing {
        /** Writes them all; whoever called closes the stream. What it throws is handed on, and nothing of the file is left. */
        void to(OutputStream bytes) throws IOException;
    }

    /**
     * Writes a file whole into the inbox, as if it were dropped there: under this name, or where something has it, under the first
     * of {@code name-2} and so on that is free. Until all of it is there it has a name that the intake passes over. The
     * dataset's folder is made where there is none; the inbox never is.
     *
     * @param dataset the name of its folder in the inbox
     * @param name    of at most 200 bytes of UTF-8, so that what is half-written has a name, too
     * @return where it lies, a source
     * @throws java.nio.file.NoSuchFileException where the inbox is not there
     * @throws java.nio.file.NotDirectoryException where something of the dataset's name is no folder, or is a link
     */
    String drop(String dataset, String name, Writing bytes) throws IOException;

    /**
     * Deletes what a {@link #drop} that was cut off has left half-written in the inbox. A store in which nothing half-written is seen
     * has none.
     *
     * @param before what was written to after this time may still be under way, and stays
     */
    void clearHalfDropped(Instant before) throws IOException;

    /**
     * Writes a part of a container whole, down to the disk, to where {@link #list} does not tell of it. From there it is
     * {@linkplain #move moved} once it has a row. One that is staged again replaces what was staged before.
     *
     * @param container the id of its row
     * @param part      which of its parts
     * @return where it lies, a target
     */
    String stage(long container, int part, Writing bytes) throws IOException;

    /**
     * Deletes what was staged and not moved. For nobody but whoever stages, between two parts: what is being written is taken, too.
     *
     * @param but the targets that stay, since their move comes next
     */
    void unstage(Predicate<String> but) throws IOException;

    /**
     * Writes the note {@code <target>.reason.txt} beside a file that was set aside, or writes it anew.
     *
     * @param reason for people, without a line end
     */
    void explain(String rejectedTarget, String reason) throws IOException;

    /** Takes the note beside a file that was set aside away, if there is one: the file is set aside no more. */
    void unexplain(String rejectedTarget) throws IOException;

    /** What the note beside a file that was set aside says, if there is one; its first line, however long the note is. */
    Optional<String> explanation(String rejectedTarget) throws IOException;

    /**
     * Goes through all files that rest on a shelf, a page at a time; the earliest of a page come first. Notes, half-written
     * files and junk are passed over. Files that are moved meanwhile may be told of or not.
     */
    void list(Shelf shelf, Consumer<List<Shelved>> pages) throws IOException;

    /** Writes {@code models/<dataset>.json}, or writes it anew; a reader sees the old one or the new one, whole. */
    void writeModel(String dataset, byte[] json) throws IOException;

    /** Writes {@code models/sheets/<dataset>.jpg}, where no model's own file can be, or writes it anew; a reader sees one of them whole. */
    void writeSheet(String dataset, byte[] jpeg) throws IOException;

    /**
     * A free target for a picture that was drawn with a dataset's model: {@code models/<dataset>.jpg}; beside earlier ones
     * {@code models/<dataset>-<run>.jpg}.
     *
     * @param ending as its bytes are: {@code jpg} or {@code png}
     */
    String sampleFor(String dataset, int run, String ending) throws IOException;

    /** Writes such a picture whole; what the writing throws is handed on, and nothing of the file is left. */
    void writeSample(String target, Writing bytes) throws IOException;

    /**
     * Writes {@code _status.txt} in a folder of the inbox, or writes it anew; a reader sees the old one or the new one, whole.
     * Where it says the same already nothing is written. A folder is never made: where none is, nothing happens.
     *
     * @param folder its name; empty for the inbox itself
     * @param text   for people, with {@code \n} as the end of each line
     * @return whether that is done; not where the folder is a link, or something of that name is not the server's own, which stays
     * @throws java.nio.file.NoSuchFileException where the inbox is not there
     */
    boolean writeReport(String folder, String text) throws IOException;

    /**
     * What bars the way to something in the inbox. It is looked at and never opened, since a pipe would wait for ever.
     *
     * @param source where it lies; a file or a folder
     * @return nothing where it can be taken, or is not there
     */
    Optional<Obstacle> obstacle(String source) throws IOException;

    /**
     * Whether a file that is not junk lies anywhere in this folder of the inbox and arrived after that time. Links
     * are not followed, and folders that can't be read are skipped.
     */
    boolean inboxHolds(String folder, Instant newerThan) throws IOException;

    /** The same for files that lie directly in the inbox. */
    boolean inboxHolds(Instant newerThan) throws IOException;

    /** Whether the inbox has folders also where nothing lies in them; where it has none, they are only what names begin with. */
    boolean hasFolders();

    /** The names of the folders directly in the inbox that are wanted, in no order; no links. */
    List<String> inboxFolders(Predicate<String> name) throws IOException;

    /** Whether a plain file of a name that is wanted lies in the folder in which that source lies, or lay. */
    boolean liesBeside(String source, Predicate<String> name) throws IOException;

    /** Why the inbox can't be looked into, or nothing can be moved out of it, and what to do, without a name; nothing if both can be. */
    Optional<String> inboxTrouble();

    /** Why nothing can be written to the data, and what to do, without a name; nothing if it can. Leaves nothing behind. */
    Optional<String> dataTrouble();
}
