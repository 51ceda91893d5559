package org.dropfolder.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutlineStreamTest {
    private static final int CHUNK = 200_000;
    private static final int HEADER = 20;

    @TempDir
    private Path folder;

    @Test
    void readsNumbersWhereverTheyLie() throws Exception {
        byte[] webp = webp();
        try (FileChannel channel = FileChannel.open(Files.write(folder.resolve("a.webp"), webp));
                OutlineStream stream = new OutlineStream(Outline.of(new Bytes(channel), FileType.WEBP))) {
            for (int place = 0; place <= webp.length - Long.BYTES; place += 3) {
                stream.seek(place);
                assertThat(stream.readLong()).as("at %d", place).isEqualTo(ByteBuffer.wrap(webp).getLong(place));
            }
        }
    }

    @Test
    void endsWhereTheFileEnds() throws Exception {
        byte[] webp = webp();
        try (FileChannel channel = FileChannel.open(Files.write(folder.resolve("a.webp"), webp));
                OutlineStream stream = new OutlineStream(Outline.of(new Bytes(channel), FileType.WEBP))) {
            stream.seek(webp.length - 3);
            assertThat(stream.read(new byte[10])).isEqualTo(3);
            assertThat(stream.read(new byte[10])).isEqualTo(-1);
        }
    }

    private static byte[] webp() {
        byte[] noise = new byte[HEADER + CHUNK];
        new Random(1).nextBytes(noise);
        ByteBuffer webp = ByteBuffer.wrap(noise).order(ByteOrder.LITTLE_ENDIAN);
        webp.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(CHUNK + HEADER - 8);
        webp.put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII)).putInt(CHUNK);
        return noise;
    }
}
