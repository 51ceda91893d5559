package org.dropfolder.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.dropfolder.image.FileNames;

/** Looks through a folder for one file that arrived after some time, and stops at the first. Used once. */
final class Arrivals extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final Instant newerThan;
    private boolean found;

    private Arrivals(Path folder, Instant newerThan) {
        this.folder = folder;
        this.newerThan = newerThan;
    }

    /** Whether there is such a file; none where there is no such folder, or only a link to one. */
    static boolean any(Path folder, Instant newerThan) throws IOException {
        Arrivals arrivals = new Arrivals(folder, newerThan);
        Files.walkFileTree(folder, arrivals);
        return arrivals.found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        return directory.equals(folder) || !junk(directory) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        found = attributes.isRegularFile() && !junk(file) && arrivedLately(file, attributes);
        return found ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    /** What vanished meanwhile, or is closed to us. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        return FileVisitResult.CONTINUE;
    }

    /** A listing that broke off; what it showed has been looked at. */
    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException e) {
        return FileVisitResult.CONTINUE;
    }

    /**
     * The time of the last change to the file itself: its content's may be an old one that a copy kept, or one that has
     * not come yet.
     */
    private boolean arrivedLately(Path file, BasicFileAttributes attributes) {
        Instant arrived = Disk.isUnix(file) ? changed(file) : attributes.lastModifiedTime().toInstant();
        return arrived.isAfter(newerThan);
    }

    private static Instant changed(Path file) {
        try {
            return ((FileTime) Files.getAttribute(file, "unix:ctime", NOFOLLOW_LINKS)).toInstant();
        } catch (IOException e) {
            return Instant.MIN; // it vanished between two looks, so it is not there
        }
    }

    private static boolean junk(Path path) {
        return FileNames.junk(path.getFileName().toString());
    }
}
