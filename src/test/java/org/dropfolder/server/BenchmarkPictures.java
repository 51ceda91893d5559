package org.dropfolder.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dropfolder.image.LargeImages;

/** Large real photos, as far as a decoder can tell. */
final class BenchmarkPictures {
    private BenchmarkPictures() { }

    /** Writes so many JPEGs of about 20 MB; a comment makes each another one. */
    static void photos(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        byte[] noise = LargeImages.jpeg(20);
        for (int i = 0; i < count; i++) {
            try (OutputStream out = Files.newOutputStream(folder.resolve("photo " + i + ".jpg"))) {
                out.write(noise, 0, 2);
                out.write(ByteBuffer.allocate(8).putShort((short) 0xFFFE).putShort((short) 6).putInt(i).array());
                out.write(noise, 2, noise.length - 2);
            }
        }
    }
}
