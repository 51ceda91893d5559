package org.dropfolder.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConverterTest {
    private static final long LIMIT = 25 << 20;
    private static final int RGB = 2;
    private static final int CMYK = 5;
    private static final int GREY = 1;

    @ParameterizedTest
    @CsvSource({"bmp,BMP", "tiff,TIFF"})
    void makesAPngOfTheSamePixels(String format, FileType type) throws Exception {
        byte[] original = Encoded.plain(format);
        assertSame(image(convert(original, type)), image(original), 0);
    }

    @Test
    void makesAPngOfTheFirstFrame() throws Exception {
        byte[] gif = Encoded.plain("gif");
        assertSame(image(convert(gif, FileType.GIF)), image(gif), 0);
        BufferedImage webp = image(convert(Encoded.animatedWebp(), FileType.ANIMATED_WEBP));
        assertThat(webp.getWidth()).isGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"baseline.jpg", "progressive.jpg", "grey.jpg", "cmyk.jpg", "alpha.png", "16-bit-rgb.png", "interlaced.png",
        "lossy.webp", "lossless-alpha.webp"})
    void makesASmallPictureThatIsNotStretched(String name) throws Exception {
        byte[] original = sample(name);
        BufferedImage whole = image(convert(original, type(name)));

        Converter.Picture picture = Converter.picture(new MemoryChannel(original), name, type(name).format().orElseThrow(), 20);

        BufferedImage small = image(picture.bytes());
        assertThat(Math.max(small.getWidth(), small.getHeight())).isEqualTo(20);
        assertThat((double) small.getWidth() / small.getHeight()).isCloseTo((double) whole.getWidth() / whole.getHeight(), within(0.2));
        assertThat(ImageFormat.of(picture.bytes())).contains(picture.format());
    }

    @Test
    void makesNoPictureOfHalfAnImage() {
        byte[] half = Arrays.copyOf(sample("baseline.jpg"), 400);
        assertThatThrownBy(() -> Converter.picture(new MemoryChannel(half), "half.jpg", ImageFormat.JPEG, 20))
            .isInstanceOf(UnusableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"baseline.jpg", "progressive.jpg", "grey.jpg", "cmyk.jpg", "rgb.png", "alpha.png", "palette.png",
        "16-bit.png", "16-bit-rgb.png", "1-bit.png", "interlaced.png", "lossy.webp", "lossless.webp", "lossy-alpha.webp",
        "lossless-alpha.webp"})
    void scalesWhatIsTooLargeDownUntilItFits(String name) throws Exception {
        byte[] original = sample(name);
        FileType type = type(name);
        BufferedImage whole = image(convert(original, type));
        double sides = (double) whole.getWidth() / whole.getHeight();
        for (long limit : new long[] {5_000, 2_000}) {
            byte[] smaller = convert(original, type, limit);
            assertThat(smaller).hasSizeLessThanOrEqualTo((int) limit);
            BufferedImage image = image(smaller);
            assertThat((double) image.getWidth() / image.getHeight()).isEqualTo(sides, within(0.1));
            assertThat(image.getColorModel().hasAlpha()).isEqualTo(name.contains("alpha"));
            assertThat(image.getColorModel().getColorSpace().getType()).isEqualTo(ColorSpace.TYPE_RGB);
            assertThat(ImageFormat.of(smaller)).contains(type == FileType.JPEG ? ImageFormat.JPEG : ImageFormat.PNG);
        }
    }

    @Test
    void leavesAnImageThatFitsAsLargeAsItIs() throws Exception {
        assertThat(image(convert(Encoded.image("rgb.png"), FileType.PNG)).getWidth()).isEqualTo(120);
        assertSame(image(convert(Encoded.image("rgb.png"), FileType.PNG)), image(Encoded.image("rgb.png")), 0);
        assertSame(image(convert(Encoded.image("baseline.jpg"), FileType.JPEG)), image(Encoded.image("baseline.jpg")), 16);
    }

    @Test
    void saysThatItCanNotFitWhereNothingDoes() {
        assertUnusable("TOO_LARGE", Encoded.plain("bmp"), FileType.BMP, 20);
    }

    @Test
    void keepsWhatIsTransparent() throws Exception {
        BufferedImage before = image(Encoded.image("alpha.png"));
        BufferedImage after = image(convert(Encoded.image("alpha.png"), FileType.PNG));
        assertThat(after.getRGB(110, 5) >>> 24).isEqualTo(before.getRGB(110, 5) >>> 24);
        assertSame(after, before, 0);
    }

    @Test
    void leavesGreyAsLightAsItIs() throws Exception {
        assertThat(rgb(convert(tiff(GREY, 128), FileType.TIFF))).isEqualTo(0x808080);
        BufferedImage grey = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        grey.getRaster().setSample(0, 0, 0, 0x8080);
        assertThat(rgb(convert(encoded(grey, "png"), FileType.PNG))).isEqualTo(0x808080);
    }

    @Test
    void bringsColoursThatAProfileTellsOfToSrgb() throws Exception {
        byte[] linear = ((ICC_ColorSpace) ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB)).getProfile().getData();
        byte[] tiff = ForgedZip.join(ForgedTiff.of(1, 1, 3, RGB).add(34675, linear).head(), new byte[] {55, 55, 55});
        assertNear(rgb(convert(tiff, FileType.TIFF)), new Color(128, 128, 128));
        byte[] png = withChunk(encoded(filled(0x373737), "png"), "iCCP",
                ForgedZip.join("linear\0\0".getBytes(ISO_8859_1), zlib(linear)));
        assertNear(rgb(convert(png, FileType.PNG)), new Color(128, 128, 128));
        byte[] jpeg = withSegment(encoded(filled(0x373737), "jpg"), 0xE2,
                ForgedZip.join("ICC_PROFILE\0\1\1".getBytes(ISO_8859_1), linear));
        assertNear(rgb(convert(jpeg, FileType.JPEG)), new Color(128, 128, 128));
    }

    @Test
    void passesOverAProfileThatIsDamaged() throws Exception {
        byte[] damaged = "ICC_PROFILE\0\1\1 and then nothing of use".getBytes(ISO_8859_1);
        assertNear(rgb(convert(withSegment(encoded(filled(0x373737), "jpg"), 0xE2, damaged), FileType.JPEG)),
                new Color(55, 55, 55));
        byte[] png = withChunk(encoded(filled(0x373737), "png"), "iCCP", "noise\0\0noise".getBytes(ISO_8859_1));
        assertNear(rgb(convert(png, FileType.PNG)), new Color(55, 55, 55));
    }

    @Test
    void makesRgbOfWhatPrintersUse() throws Exception {
        assertNear(rgb(convert(tiff(CMYK, 0, 0, 0, 0), FileType.TIFF)), Color.WHITE);
        int cyan = rgb(convert(tiff(CMYK, 255, 0, 0, 0), FileType.TIFF));
        assertThat(cyan >> 16 & 0xFF).isLessThan(100);
        assertThat(cyan & 0xFF).isGreaterThan(180);
    }

    /** Of four colours, clockwise from the upper left: each Exif number brings them there from another place. */
    @ParameterizedTest
    @CsvSource({"1,rgbw", "2,grwb", "3,bwrg", "4,wbgr", "5,rwbg", "6,wrgb", "7,bgrw", "8,gbwr", "9,rgbw"})
    void turnsAnImageAsItsCameraSays(int orientation, String clockwise) throws Exception {
        BufferedImage quarters = new BufferedImage(64, 32, BufferedImage.TYPE_3BYTE_BGR);
        Color[] colours = {Color.RED, Color.GREEN, Color.WHITE, Color.BLUE};
        for (int i = 0; i < 4; i++) {
            var paint = quarters.createGraphics();
            paint.setColor(colours[i]);
            paint.fillRect(i % 2 * 32, i / 2 * 16, 32, 16);
        }
        byte[] exif = new ForgedTiff().add(274, ForgedTiff.SHORT, orientation).head();
        byte[] jpeg = withSegment(encoded(quarters, "jpg"), 0xE1, ForgedZip.join("Exif\0\0".getBytes(ISO_8859_1), exif));
        assertThat(clockwise(image(convert(jpeg, FileType.JPEG)))).isEqualTo(clockwise);
        assertThat(clockwise(image(convert(withChunk(encoded(quarters, "png"), "eXIf", exif), FileType.PNG)))).isEqualTo(clockwise);
        byte[] pixels = new byte[64 * 32 * 3];
        for (int i = 0; i < 64 * 32; i++) {
            int rgb = quarters.getRGB(i % 64, i / 64);
            System.arraycopy(new byte[] {(byte) (rgb >> 16), (byte) (rgb >> 8), (byte) rgb}, 0, pixels, 3 * i, 3);
        }
        byte[] head = ForgedTiff.of(64, 32, 3, RGB).add(274, ForgedTiff.SHORT, orientation).head();
        assertThat(clockwise(image(convert(ForgedZip.join(head, pixels), FileType.TIFF)))).isEqualTo(clockwise);
    }

    @Test
    void makesTheSameBytesOfTheSameBytes() throws Exception {
        for (String name : new String[] {"baseline.jpg", "alpha.png", "lossy.webp"}) {
            byte[] once = convert(Encoded.image(name), type(name), 4_000);
            assertThat(convert(Encoded.image(name), type(name), 4_000)).isEqualTo(once);
        }
    }

    @Test
    void tellsAChannelOrAStreamThatFailsFromAnImageThatIsDamaged() {
        byte[] bmp = Encoded.plain("bmp");
        assertThatThrownBy(() -> Converter.convert(new MemoryChannel(bmp).breaksAt(1), "a.bmp", FileType.BMP, LIMIT,
                OutputStream.nullOutputStream())).isNotInstanceOf(UnusableException.class).hasMessage("the disk is gone");
        OutputStream full = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("the disk is full");
            }
        };
        assertThatThrownBy(() -> Converter.convert(new MemoryChannel(bmp), "a.bmp", FileType.BMP, LIMIT, full))
                .isNotInstanceOf(UnusableException.class).hasMessage("the disk is full");
    }

    @Test
    void refusesAnImageThatEndsTooEarly() {
        for (String format : new String[] {"bmp", "gif", "tiff"}) {
            byte[] whole = Encoded.plain(format);
            assertUnusable("DAMAGED", Arrays.copyOf(whole, whole.length / 2), FileType.valueOf(format.toUpperCase()), LIMIT);
        }
        byte[] jpeg = Encoded.image("baseline.jpg");
        assertUnusable("DAMAGED", Arrays.copyOf(jpeg, jpeg.length / 2), FileType.JPEG, LIMIT);
        assertUnusable("DAMAGED", new byte[0], FileType.PNG, LIMIT);
        assertUnusable("DAMAGED", Encoded.plain("bmp"), FileType.TIFF, LIMIT);
    }

    /** Whatever is thrown but an {@link UnusableException} fails the test, and what does not end, too. */
    @ParameterizedTest
    @CsvSource({"baseline.jpg", "cmyk.jpg", "palette.png", "interlaced.png", "lossy-alpha.webp", "lossless.webp", "plain.bmp",
        "plain.gif", "plain.tiff", "animated.webp"})
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void convertsOrRefusesWhateverIsBent(String name) throws Exception {
        byte[] whole = sample(name);
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 400; round++) {
            byte[] bent = random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            // most of what libraries stumble over stands near the beginning
            for (int flips = random.nextInt(5); flips >= 0 && bent.length > 0; flips--) {
                bent[random.nextInt(random.nextBoolean() ? Math.min(bent.length, 200) : bent.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(image(convert(bent, type(name), 100_000)).getWidth()).isPositive();
            } catch (UnusableException e) {
                assertThat(e.reason().code()).isIn("DAMAGED", "TOO_MANY_PIXELS", "TOO_LARGE");
                refused++;
            }
        }
        assertThat(refused).isBetween(20, 399);
    }

    private static byte[] sample(String name) {
        return switch (name) {
            case "plain.bmp", "plain.gif", "plain.tiff" -> Encoded.plain(FileNames.ending(name));
            case "animated.webp" -> Encoded.animatedWebp();
            // as all programs but Java's writer say it
            case "cmyk.jpg" -> withSegment(Encoded.image(name), 0xEE, "Adobe\0\144\0\0\0\0\0".getBytes(ISO_8859_1));
            default -> Encoded.image(name);
        };
    }

    private static FileType type(String name) {
        return switch (FileNames.ending(name)) {
            case "jpg" -> FileType.JPEG;
            case "webp" -> name.startsWith("animated") ? FileType.ANIMATED_WEBP : FileType.WEBP;
            default -> FileType.valueOf(FileNames.ending(name).toUpperCase());
        };
    }

    private static byte[] convert(byte[] bytes, FileType type) throws IOException {
        return convert(bytes, type, LIMIT);
    }

    private static byte[] convert(byte[] bytes, FileType type, long limit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageFormat format = Converter.convert(new MemoryChannel(bytes), "photo", type, limit, out);
        assertThat(ImageFormat.of(out.toByteArray())).contains(format);
        return out.toByteArray();
    }

    private static void assertUnusable(String code, byte[] bytes, FileType type, long limit) {
        assertThatThrownBy(() -> convert(bytes, type, limit)).isInstanceOfSatisfying(UnusableException.class,
                e -> assertThat(e.reason().code()).isEqualTo(code));
    }

    private static void assertSame(BufferedImage image, BufferedImage other, int most) {
        assertThat(image.getWidth()).isEqualTo(other.getWidth());
        assertThat(image.getHeight()).isEqualTo(other.getHeight());
        for (int i = 0; i < 500; i++) {
            int x = i * 31 % image.getWidth();
            int y = i * 17 % image.getHeight();
            Color one = new Color(image.getRGB(x, y), true);
            Color two = new Color(other.getRGB(x, y), true);
            assertThat(Math.abs(one.getRed() - two.getRed()) + Math.abs(one.getGreen() - two.getGreen())
                    + Math.abs(one.getBlue() - two.getBlue())).isLessThanOrEqualTo(3 * most);
            assertThat(one.getAlpha()).isEqualTo(two.getAlpha());
        }
    }

    private static void assertNear(int rgb, Color wanted) {
        assertThat(rgb >> 16 & 0xFF).isCloseTo(wanted.getRed(), within(6));
        assertThat(rgb >> 8 & 0xFF).isCloseTo(wanted.getGreen(), within(6));
        assertThat(rgb & 0xFF).isCloseTo(wanted.getBlue(), within(6));
    }

    private static int rgb(byte[] image) throws IOException {
        return image(image).getRGB(0, 0) & 0xFFFFFF;
    }

    private static String clockwise(BufferedImage image) {
        int right = image.getWidth() - 4;
        int lower = image.getHeight() - 4;
        return letter(image.getRGB(3, 3)) + letter(image.getRGB(right, 3)) + letter(image.getRGB(right, lower))
                + letter(image.getRGB(3, lower));
    }

    private static String letter(int rgb) {
        Color colour = new Color(rgb);
        boolean red = colour.getRed() > 128;
        boolean green = colour.getGreen() > 128;
        return red && green ? "w" : red ? "r" : green ? "g" : "b";
    }

    private static byte[] tiff(int photometric, int... samples) {
        byte[] pixel = new byte[samples.length];
        for (int i = 0; i < pixel.length; i++) {
            pixel[i] = (byte) samples[i];
        }
        return ForgedZip.join(ForgedTiff.of(1, 1, pixel.length, photometric).head(), pixel);
    }

    private static BufferedImage filled(int rgb) {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < 256; i++) {
            image.setRGB(i % 16, i / 16, rgb);
        }
        return image;
    }

    private static BufferedImage image(byte[] bytes) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(bytes));
    }

    private static byte[] encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    private static byte[] zlib(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    /** Behind the header of a PNG. */
    static byte[] withChunk(byte[] png, String type, byte[] data) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + data.length).putInt(data.length).put(type.getBytes(ISO_8859_1)).put(data);
        CRC32 crc32 = new CRC32();
        crc32.update(chunk.array(), 4, 4 + data.length);
        chunk.putInt((int) crc32.getValue());
        return ForgedZip.join(Arrays.copyOf(png, 33), chunk.array(), Arrays.copyOfRange(png, 33, png.length));
    }

    /** At the beginning of a JPEG. */
    static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
        byte[] head = ByteBuffer.allocate(4).put((byte) 0xFF).put((byte) marker).putShort((short) (2 + data.length)).array();
        return ForgedZip.join(Arrays.copyOf(jpeg, 2), head, data, Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }
}
