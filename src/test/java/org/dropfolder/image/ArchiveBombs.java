package org.dropfolder.image;

import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Opens the archive that it is given, reads what that lets it read, and prints what came of it, and the
 * milliseconds that it took: for a small heap. */
public final class ArchiveBombs {
    private ArchiveBombs() {}

    public static void main(String[] args) throws Exception {
        String answer;
        try (var channel = Files.newByteChannel(Path.of(args[0])); Archive archive = Archive.open(channel, "bomb.zip")) {
            long bytes = 0;
            for (Archive.Entry entry : archive.entries()) {
                try (var stream = archive.open(entry)) {
                    bytes += stream.transferTo(OutputStream.nullOutputStream());
                }
            }
            answer = "READ " + archive.entries().size() + " " + bytes + " " + Arrays.toString(archive.setAside().stream()
                    .limit(3).map(aside -> aside.reason().code()).toArray());
        } catch (UnusableException e) {
            answer = e.reason().code();
        }
        // of the processor, since a machine with much to do takes longer by the clock
        System.out.println(answer + " " + ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000);
    }
}
