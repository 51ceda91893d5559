package org.dropfolder.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Set;
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
        return any(folder, newerThan, Integer.MAX_VALUE);
    }

    /** The same without what lies in the folder's own folders. */
    static boolean anyDirectlyIn(Path folder, Instant newerThan) throws IOException {
        return any(folder, newerThan, 1);
    }

    private static boolean any(Path folder, Instant newerThan, int depth) throws IOException {
        Arrivals arrivals = new Arrivals(folder, newerThan);
        Files.walkFileTree(folder, Set.of(), depth, arrivals);
        return arrivals.found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        return directory.equals(folder) || !junk(directory) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        found = attributes.isRegularFile() && !junk(file) 
            && Folder.changed(file, attributes).isAfter(newerThan);
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

    private static boolean junk(Path path) {
        return FileNames.junk(path.getFileName().toString());
    }
}
