package org.dropfolder.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * What stays of a picture when it is scaled, recompressed, or cut at its edges: for all of it and for parts of it that a cut would leave,
 * which of the coarse waves in its brightness are strong (a discrete cosine transform of 32 x 32 means, its 63 lowest frequencies, each
 * above or below their median). So a cut picture as a whole resembles a part of the one that it was cut from.
 *
 * @param parts 64 bits for each part, the whole first
 */
public record PerceptualHash(List<Long> parts) {
    /** Bits of 64 in which two may differ, so that they are taken for one picture; {@code TwinsTest} shows how well that does. */
    public static final int ALIKE = 12;

    private static final int MEANS = 32;
    private static final int WAVES = 8;
    private static final double[][] COSINES = cosines();
    private static final List<Part> PARTS = allParts();

    /** A part by its place and size, as shares of the sides. */
    private record Part(double x, double y, double width, double height) { }

    public PerceptualHash {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("A picture has at least one part.");
        }
    }

    /**
     * What was {@linkplain #written written}.
     *
     * @throws IllegalArgumentException if it was not
     */
    @JsonCreator
    static PerceptualHash of(String written) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(written));
        List<Long> parts = new ArrayList<>();
        while (bytes.remaining() >= Long.BYTES) {
            parts.add(bytes.getLong());
        }
        return new PerceptualHash(parts);
    }

    /** It as a text. */
    @JsonValue
    String written() {
        ByteBuffer bytes = ByteBuffer.allocate(parts.size() * Long.BYTES);
        parts.forEach(bytes::putLong);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** Of a picture's brightness, line by line. */
    static PerceptualHash of(byte[] brightness, int width, int height) {
        return new PerceptualHash(PARTS.stream().map(part -> bits(means(brightness, width, height, part))).toList());
    }

    /** In how many bits of 64 the whole of one differs from what of the other resembles it most; the same in both directions. */
    public int distance(PerceptualHash other) {
        return Math.min(nearest(other.parts.get(0)), other.nearest(parts.get(0)));
    }

    private int nearest(long whole) {
        int nearest = Long.SIZE;
        for (long part : parts) {
            nearest = Math.min(nearest, Long.bitCount(part ^ whole));
        }
        return nearest;
    }

    private static List<Part> allParts() {
        List<Part> all = new ArrayList<>(List.of(new Part(0, 0, 1, 1)));
        for (double left : new double[] {0.9, 0.8}) {
            double[] places = {0, (1 - left) / 2, 1 - left};
            for (double x : places) {
                all.add(new Part(x, 0, left, 1));
                all.add(new Part(0, x, 1, left));
                for (double y : places) {
                    all.add(new Part(x, y, left, left));
                }
            }
        }
        return List.copyOf(all);
    }

    private static double[] means(byte[] brightness, int width, int height, Part part) {
        double[] means = new double[MEANS * MEANS];
        for (int row = 0; row < MEANS; row++) {
            int top = (int) (height * (part.y + part.height * row / MEANS));
            int bottom = Math.min(height, Math.max(top + 1, (int) (height * (part.y + part.height * (row + 1) / MEANS))));
            for (int column = 0; column < MEANS; column++) {
                int left = (int) (width * (part.x + part.width * column / MEANS));
                int right = Math.min(width, Math.max(left + 1, (int) (width * (part.x + part.width * (column + 1) / MEANS))));
                means[row * MEANS + column] = mean(brightness, width, left, right, top, bottom);
            }
        }
        return means;
    }

    private static double mean(byte[] brightness, int width, int left, int right, int top, int bottom) {
        long sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += Byte.toUnsignedInt(brightness[y * width + x]);
            }
        }
        return (double) sum / Math.max(1, (right - left) * (bottom - top));
    }

    private static long bits(double[] means) {
        double[] waves = waves(means);
        double[] sorted = Arrays.copyOfRange(waves, 1, waves.length);
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        long bits = 0;
        // the first is the mean brightness, which says nothing
        for (int i = 1; i < waves.length; i++) {
            bits |= waves[i] > median ? 1L << i : 0;
        }
        return bits;
    }

    private static double[] waves(double[] means) {
        double[] across = new double[MEANS * WAVES];
        for (int row = 0; row < MEANS; row++) {
            for (int wave = 0; wave < WAVES; wave++) {
                double sum = 0;
                for (int i = 0; i < MEANS; i++) {
                    sum += means[row * MEANS + i] * COSINES[wave][i];
                }
                across[row * WAVES + wave] = sum;
            }
        }
        double[] waves = new double[WAVES * WAVES];
        for (int wave = 0; wave < WAVES; wave++) {
            for (int column = 0; column < WAVES; column++) {
                for (int i = 0; i < MEANS; i++) {
                    waves[wave * WAVES + column] += across[i * WAVES + column] * COSINES[wave][i];
                }
            }
        }
        return waves;
    }

    private static double[][] cosines() {
        double[][] cosines = new double[WAVES][MEANS];
        for (int wave = 0; wave < WAVES; wave++) {
            for (int i = 0; i < MEANS; i++) {
                cosines[wave][i] = Math.cos(Math.PI * wave * (2 * i + 1) / (2 * MEANS));
            }
        }
        return cosines;
    }
}
