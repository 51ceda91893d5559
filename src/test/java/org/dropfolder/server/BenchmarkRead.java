package org.dropfolder.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import org.dropfolder.image.Content;
import org.dropfolder.image.LargeImages;
import org.dropfolder.image.Probe;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** An image of 20 MB is looked at and hashed, beside its SHA-256 alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BenchmarkRead {
    private static final int MEGABYTES = 20;

    @Param({"JPEG", "PNG", "WebP"})
    public String format;
    private byte[] image;

    @Setup
    public void paint() throws IOException {
        image = switch (format) {
            case "JPEG" -> LargeImages.jpeg(MEGABYTES);
            case "PNG" -> LargeImages.png(MEGABYTES);
            default -> LargeImages.webp(MEGABYTES);
        };
    }

    @Benchmark
    public Content ours() throws IOException {
        return Probe.read(new ByteArrayInputStream(image));
    }

    @Benchmark
    public byte[] beside() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(image);
    }
}
