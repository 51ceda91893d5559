package org.dropfolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files and folders whose names are no UTF-8, as old cameras and archives leave them. No Java can spell them, a shell can. */
public final class RawNames {
    private RawNames() { }

    /** @param name as the shell's printf spells it: {@code f\374r.jpg} */
    public static void write(Path folder, String name, byte[] content) throws IOException {
        run(Files.createDirectories(folder), "cat > \"$(printf '" + name + "')\"", content);
    }

    /** A folder, and a file in it of a usual name. */
    public static void folder(Path parent, String name, String file, byte[] content) throws IOException {
        run(Files.createDirectories(parent), "d=\"$(printf '" + name + "')\"; mkdir -p \"$d\"; cat > \"$d/" + file + "\"", content);
    }

    private static void run(Path folder, String script, byte[] input) throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", script).directory(folder.toFile()).start();
        try (var stdin = shell.getOutputStream()) {
            stdin.write(input);
        }
        try {
            if (shell.waitFor() != 0) {
                throw new IOException("Could not write below " + folder + ": " + new String(shell.getErrorStream().readAllBytes()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
