package org.dropfolder.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Opens the archive that it is given, reads what that lets it read, and prints what came of it: for a small heap. */
public final class ArchiveBombs {
    private ArchiveBombs() {}

    public static void main(String[] args) throws Exception {
        long began = System.nanoTime();
        String answer;
        try (var channel = Files.newByteChannel(Path.of(args[0])); Archive archive = Archive.open(channel, "bomb.zip")) {
            long bytes = 0;
            for (Archive.Entry entry : archive.entries()) {
                try (var stream = archive.open(entry)) {
                    bytes += stream.transferTo(java.io.OutputStream.nullOutputStream());
                }
            }
            answer = "READ " + archive.entries().size() + " " + bytes + " " + Arrays.toString(archive.setAside().stream()
                    .limit(3).map(aside -> aside.reason().code()).toArray());
        } catch (UnusableException e) {
            answer = e.reason().code();
        }
        System.out.println(answer + " " + (System.nanoTime() - began) / 1_000_000);
    }
}
