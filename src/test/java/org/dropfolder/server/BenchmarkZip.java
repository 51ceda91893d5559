package org.dropfolder.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dropfolder.ideogram.ZipPart;
import org.dropfolder.ideogram.ZipUpload;
import org.dropfolder.image.LargeImages;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The body of an upload of five images of 20 MB is written to nobody, beside a stored zip by Java alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BenchmarkZip {
    private static final int IMAGES = 5;
    private static final int MEGABYTES = 20;
    private static final int BUFFER = 1 << 17;

    private byte[] image;
    private long crc32;

    @Setup
    public void paint() {
        image = LargeImages.webp(MEGABYTES);
        CRC32 crc = new CRC32();
        crc.update(image);
        crc32 = crc.getValue();
    }

    @Benchmark
    public void ours() throws IOException {
        List<ZipPart> parts = IntStream.range(0, IMAGES)
            .mapToObj(i -> new ZipPart(i + ".webp", image.length, crc32, () -> new ByteArrayInputStream(image))).toList();
        ZipUpload.entity("files", parts, bytes -> { }).writeTo(OutputStream.nullOutputStream());
    }

    @Benchmark
    public void beside() throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (ZipOutputStream zip = new ZipOutputStream(OutputStream.nullOutputStream())) {
            for (int i = 0; i < IMAGES; i++) {
                ZipEntry entry = new ZipEntry(i + ".webp");
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(image.length);
                entry.setCrc(crc32);
                zip.putNextEntry(entry);
                InputStream in = new ByteArrayInputStream(image);
                for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                    zip.write(buffer, 0, read);
                }
                zip.closeEntry();
            }
        }
    }
}
