package org.dropfolder.image;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Converts the images that it is given, each behind its type, and prints what came of each: for a small heap. */
public final class Conversions {
    private static final long LIMIT = 25 << 20;

    private Conversions() {}

    public static void main(String[] args) throws Exception {
        for (int i = 0; i < args.length; i += 2) {
            Path file = Path.of(args[i + 1]);
            try (var channel = Files.newByteChannel(file); OutputStream out = OutputStream.nullOutputStream()) {
                ImageFormat format = Converter.convert(channel, "photo", FileType.valueOf(args[i]), LIMIT, out);
                System.out.println(file.getFileName() + " " + format);
            } catch (UnusableException e) {
                System.out.println(file.getFileName() + " " + e.reason().code());
            }
        }
    }
}
