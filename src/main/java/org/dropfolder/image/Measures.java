package org.dropfolder.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;
import java.util.Optional;

/** Measures a picture's pixels. Not thread safe: one for each picture. */
final class Measures {
    private static final int LEVELS = 256;
    /** Nearly black, and nearly white: what prints and screens show without detail. */
    private static final int DARK = 16;
    private static final int BRIGHT = 240;
    private static final int OPAQUE = 250;
    private static final int COLOURS = 1 << 15;
    /** The picture is cut into so many tiles across and down. */
    private static final int TILES = 8;
    /** Of them the sharpest count: a background may be out of focus. */
    private static final int SHARPEST = 6;
    /** Contrast below this is noise: brightness squared, of 255. */
    private static final double NOISE = 16;

    private static final double DIGITS = 10_000;

    private final int width;
    private final int height;
    private final byte[] brightness;
    private final int[] levels = new int[LEVELS];
    private final boolean[] colours = new boolean[COLOURS];
    private long seeThrough;
    private long flat;

    Measures(BufferedImage image) {
        BufferedImage rgb = Pixels.inSrgb(image, Optional.empty());
        this.width = rgb.getWidth();
        this.height = rgb.getHeight();
        this.brightness = new byte[width * height];
        byte[] bytes = ((DataBufferByte) rgb.getRaster().getDataBuffer()).getData();
        if (rgb.getColorModel().hasAlpha()) {
            take(bytes, 4, 1);
        } else {
            take(bytes, 3, 0);
        }
    }

    private void take(byte[] bytes, int step, int blue) {
        for (int i = 0, at = blue; i < brightness.length; i++, at += step) {
            int b = Byte.toUnsignedInt(bytes[at]);
            int g = Byte.toUnsignedInt(bytes[at + 1]);
            int r = Byte.toUnsignedInt(bytes[at + 2]);
            int level = (77 * r + 150 * g + 29 * b) >> 8;
            brightness[i] = (byte) level;
            levels[level]++;
            colours[(r >> 3) << 10 | (g >> 3) << 5 | b >> 3] = true;
            if (i % width != 0 && bytes[at] == bytes[at - step] && bytes[at + 1] == bytes[at + 1 - step] && bytes[at + 2] == bytes[at + 2 - step]) {
                flat++;
            }
            if (blue == 1 && Byte.toUnsignedInt(bytes[at - 1]) < OPAQUE) {
                seeThrough++;
            }
        }
    }

    double transparent() {
        return rounded((double) seeThrough / brightness.length);
    }

    Look.Light light() {
        double sum = 0;
        double squares = 0;
        for (int level = 0; level < LEVELS; level++) {
            sum += (double) level * levels[level];
            squares += (double) level * level * levels[level];
        }
        double mean = sum / brightness.length;
        double spread = Math.sqrt(Math.max(0, squares / brightness.length - mean * mean));
        return new Look.Light(rounded(mean / (LEVELS - 1)), rounded(spread / (LEVELS - 1)), share(0, DARK), share(BRIGHT, LEVELS));
    }

    private double share(int from, int to) {
        return rounded((double) Arrays.stream(levels, from, to).sum() / brightness.length);
    }

    Look.Texture texture() {
        int distinct = 0;
        for (boolean colour : colours) {
            distinct += colour ? 1 : 0;
        }
        return new Look.Texture(rounded(sharpness()), rounded((double) flat / brightness.length), distinct);
    }

    PerceptualHash hash() {
        return PerceptualHash.of(brightness, width, height);
    }

    private double sharpness() {
        double[] tiles = new double[TILES * TILES];
        for (int row = 0; row < TILES; row++) {
            for (int column = 0; column < TILES; column++) {
                tiles[row * TILES + column] = sharpness(column * width / TILES, (column + 1) * width / TILES, row * height / TILES,
                    (row + 1) * height / TILES);
            }
        }
        Arrays.sort(tiles);
        return Arrays.stream(tiles, tiles.length - SHARPEST, tiles.length).average().orElse(0);
    }

    /** The variance of the Laplacian beside that of the brightness. */
    private double sharpness(int left, int right, int top, int bottom) {
        double count = 0;
        double sum = 0;
        double squares = 0;
        double bends = 0;
        double bent = 0;
        for (int y = Math.max(1, top); y < Math.min(height - 1, bottom); y++) {
            for (int x = Math.max(1, left); x < Math.min(width - 1, right); x++) {
                int at = y * width + x;
                int here = Byte.toUnsignedInt(brightness[at]);
                int bend = 4 * here - Byte.toUnsignedInt(brightness[at - 1]) - Byte.toUnsignedInt(brightness[at + 1])
                    - Byte.toUnsignedInt(brightness[at - width]) - Byte.toUnsignedInt(brightness[at + width]);
                count++;
                sum += here;
                squares += (double) here * here;
                bends += bend;
                bent += (double) bend * bend;
            }
        }
        return count == 0 ? 0 : variance(bent, bends, count) / (variance(squares, sum, count) + NOISE);
    }

    /** More digits would be kept for nothing. */
    private static double rounded(double value) {
        return Math.round(value * DIGITS) / DIGITS;
    }

    private static double variance(double squares, double sum, double count) {
        return Math.max(0, squares / count - sum / count * (sum / count));
    }
}
