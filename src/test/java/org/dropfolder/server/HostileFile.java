package org.dropfolder.server;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A file that somebody writes badly, and what must come of it. For one thread at a time. */
final class HostileFile {
    /** All pictures have so many bytes: a size tells nothing. */
    static final int BYTES = 6_000;
    private static final FileTime ITS_TIME = FileTime.fromMillis(1_000_000_000_000L);

    private final World world;
    private final Path path;
    private final int number;
    private final Map<String, String> finals = new LinkedHashMap<>();
    private final Set<String> passing = new LinkedHashSet<>();
    private FileChannel handle;

    /** @param path in the inbox */
    HostileFile(World world, Path path, int number) {
        this.world = world;
        this.path = path;
        this.number = number;
    }

    /** A picture that must come into the dataset, once, with this caption. */
    byte[] last(int which, String caption) {
        byte[] bytes = picture(which);
        finals.put(World.hash(bytes), caption);
        return bytes;
    }

    byte[] last() {
        return last(0, "");
    }

    /** An archive of two pictures, which must come. */
    byte[] archive() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < 2; i++) {
                zip.putNextEntry(new ZipEntry("picture " + number + " " + i + ".png"));
                byte[] picture = Pictures.numbered(number * 10 + i);
                finals.put(World.hash(picture), "");
                zip.write(picture);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    /** A whole picture that is replaced by another: it may come, and need not. */
    byte[] passing() {
        byte[] bytes = picture(9);
        passing.add(World.hash(bytes));
        return bytes;
    }

    /** The captions of what must come, by the hash. */
    Map<String, String> finals() {
        return finals;
    }

    Set<String> passed() {
        return passing;
    }

    Path path() {
        return path;
    }

    /** A name beside it. */
    Path beside(String name) {
        return path.resolveSibling(name);
    }

    String name() {
        return path.getFileName().toString();
    }

    /** A place of its own outside of the inbox. */
    Path elsewhere() throws IOException {
        return Files.createDirectories(world.folder().resolve("outside").resolve(Integer.toString(number)));
    }

    /** Drops another one beside it, whole. */
    void witness() throws IOException {
        write(beside("witness of " + name()), last(2, ""));
    }

    /** Whether that was sent: this one would have been sent with it. */
    boolean witnessWasSent() throws IOException {
        Path done = world.data().resolve("done").resolve(world.inbox().relativize(path).getName(0));
        if (!Files.exists(done)) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(done, "*-witness of " + name())) {
            return files.iterator().hasNext();
        }
    }

    boolean isTaken() {
        return !Files.exists(path);
    }

    void write(Path to, byte[] bytes) throws IOException {
        Files.createDirectories(to.getParent());
        Files.write(to, bytes);
    }

    /** Opens it, and keeps it open. */
    void open() throws IOException {
        Files.createDirectories(path.getParent());
        handle = FileChannel.open(path, WRITE, CREATE);
    }

    /** As long as it will be, without a byte of it. */
    void preallocate(int bytes) throws IOException {
        open();
        handle.write(ByteBuffer.allocate(1), bytes - 1L);
    }

    /** Writes one of so many parts where it belongs. */
    void part(byte[] bytes, int which, int of) throws IOException {
        int begin = bytes.length * which / of;
        int end = bytes.length * (which + 1) / of;
        handle.write(ByteBuffer.wrap(Arrays.copyOfRange(bytes, begin, end)), begin);
    }

    /** Writes it from its beginning through the open handle, wherever the file lies now. */
    void rewrite(byte[] bytes) throws IOException {
        handle.truncate(bytes.length);
        part(bytes, 0, 1);
    }

    /** The same, or anew if a pause was so long that what lay there was taken. */
    void rewriteWhereItLay(byte[] bytes) throws IOException {
        if (isTaken()) {
            write(path, bytes);
        } else {
            rewrite(bytes);
        }
    }

    void truncate() throws IOException {
        handle.truncate(0);
    }

    void close() throws IOException {
        handle.close();
    }

    /** Sets the same time as ever, if it is still there. */
    void setTime() throws IOException {
        setTime(ITS_TIME);
    }

    void setTime(FileTime time) throws IOException {
        try {
            Files.setLastModifiedTime(path, time);
        } catch (NoSuchFileException taken) {
            return;
        }
    }

    private byte[] picture(int which) {
        int image = number * 10 + which;
        return number % 2 == 0 ? Pictures.paddedPng(image, BYTES) : Pictures.paddedJpeg(image, BYTES);
    }
}
