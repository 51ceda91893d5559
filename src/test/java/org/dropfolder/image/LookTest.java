package org.dropfolder.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.dropfolder.Allocated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture is measured while it is read once, and that it is changes nothing else. */
class LookTest {
    /** Bytes of the heap: the small picture, its brightness, blocks, and what Java's readers ask for and let go of for each line. */
    private static final long BOUND = 12_000_000;

    @Test
    void saysTheSameOfAFileWhetherOrNotItIsMeasured() throws IOException {
        for (Map.Entry<String, byte[]> image : Encoded.images().entrySet()) {
            Content measured = look(image.getValue());
            assertThat(measured.with(Optional.empty())).as(image.getKey()).isEqualTo(Decoder.read("x", source(image.getValue())));
            boolean coloursOfPrinters = image.getKey().equals("cmyk.jpg");
            assertThat(measured.look().isPresent()).as(image.getKey()).isNotEqualTo(coloursOfPrinters);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png"})
    void opensAFileOnceAndReadsEachOfItsBytesOnce(String ending) throws IOException {
        byte[] bytes = ending.equals("jpg") ? LargeImages.jpeg(2) : LargeImages.png(2);
        AtomicInteger opened = new AtomicInteger();
        AtomicLong read = new AtomicLong();
        Content content = Decoder.look("x." + ending, () -> {
            opened.incrementAndGet();
            return counting(bytes, read);
        });
        assertThat(content.look()).isPresent();
        assertThat(content.size()).isEqualTo(bytes.length);
        assertThat(opened).hasValue(1);
        assertThat(read).hasValue(bytes.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png"})
    void takesLittleOfTheHeapForALargeFile(String ending) throws Exception {
        byte[] large = ending.equals("jpg") ? LargeImages.jpeg(16) : LargeImages.png(16);
        assertThat(Allocated.by(() -> assertThat(look(large).look()).isPresent())).isLessThan(BOUND);
    }

    @Test
    void tellsAFailureOfTheSourceFromDamage() throws IOException {
        byte[] bytes = LargeImages.jpeg(1);
        InputStream fails = new InputStream() {
            private int at;

            @Override
            public int read() throws IOException {
                if (at == bytes.length / 2) {
                    throw new IOException("the line was cut");
                }
                return Byte.toUnsignedInt(bytes[at++]);
            }
        };
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> Probe.look(fails, "x.jpg")).withMessage("the line was cut");
    }

    @Test
    void leavesWhatIsDamagedOrHostileUnmeasuredAndJudgesItAsEver() throws IOException {
        for (Map.Entry<String, byte[]> image : Encoded.images().entrySet()) {
            Random random = new Random(7);
            for (int i = 0; i < 20; i++) {
                byte[] spoilt = image.getValue().clone();
                spoilt[random.nextInt(spoilt.length)] ^= (byte) (1 << random.nextInt(8));
                byte[] cut = i % 2 == 0 ? spoilt : Arrays.copyOf(spoilt, random.nextInt(spoilt.length));
                assertThat(look(cut).with(Optional.empty())).isEqualTo(Decoder.read("x", source(cut)));
            }
        }
    }

    @Test
    void takesWhatComesInSeveralScansForWhatADecoderKeepsWhole() throws IOException {
        for (int first = 1; first <= 3; first++) {
            ByteArrayInputStream begun = new ByteArrayInputStream(begun(900, first));
            assertThat(JpegHead.of(into -> begun.readNBytes(into, 0, Passing.BLOCK)).progressive()).as("%d of 3 colours", first).isEqualTo(first < 3);
        }
    }

    @Test
    void decodesNothingOfSoManyPixelsThatItCouldNotBeOpened() throws IOException {
        for (int first : new int[] {1, 3}) {
            assertThat(look(begun(65_500, first)).look()).isEmpty();
        }
    }

    /** The head of a JPEG of three colours whose first scan has some of them, and its end. */
    private static byte[] begun(int side, int first) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {-1, (byte) 0xD8, -1, (byte) 0xC0, 0, 17, 8, (byte) (side >> 8), (byte) side, (byte) (side >> 8), (byte) side, 3,
            1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, -1, (byte) 0xDA, 0, (byte) (6 + 2 * first), (byte) first});
        for (int colour = 1; colour <= first; colour++) {
            bytes.writeBytes(new byte[] {(byte) colour, 0});
        }
        bytes.writeBytes(new byte[] {0, 63, 0, 0, -1, (byte) 0xD9});
        return bytes.toByteArray();
    }

    @Test
    void knowsSizeAndHowTheCameraWasHeld() throws IOException {
        byte[] plain = jpeg(painted(900, 600, 1));
        byte[] turned = withExif(plain, 6, true);
        Look look = look(turned).look().orElseThrow();
        assertThat(List.of(look.width(), look.height(), look.orientation())).containsExactly(900, 600, 6);
        assertThat(look.camera()).isTrue();
        assertThat(look.format()).isEqualTo(ImageFormat.JPEG);
        assertThat(look(plain).look().orElseThrow().camera()).isFalse();
        assertThat(look(withExif(plain, 99, false)).look().orElseThrow().orientation()).isEqualTo(1);
    }

    @Test
    void measuresLight() throws IOException {
        BufferedImage half = new BufferedImage(400, 400, BufferedImage.TYPE_INT_RGB);
        half.setRGB(0, 0, 1, 1, new int[] {0}, 0, 1);
        Graphics2D paint = half.createGraphics();
        paint.setColor(Color.WHITE);
        paint.fillRect(0, 0, 400, 100);
        Look.Light light = look(png(half)).look().orElseThrow().light();
        assertThat(light.dark()).isCloseTo(0.75, within(0.01));
        assertThat(light.bright()).isCloseTo(0.25, within(0.01));
        assertThat(light.mean()).isCloseTo(0.25, within(0.01));
        assertThat(light.spread()).isCloseTo(0.43, within(0.01));
    }

    @Test
    void takesGreyForWhatItIs() throws IOException {
        BufferedImage grey = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 64 * 64; i++) {
            grey.getRaster().setSample(i % 64, i / 64, 0, 128);
        }
        assertThat(look(png(grey)).look().orElseThrow().light().mean()).isCloseTo(0.5, within(0.01));
    }

    @Test
    void measuresHowMuchIsTransparent() throws IOException {
        BufferedImage clear = new BufferedImage(100, 100, BufferedImage.TYPE_INT_ARGB);
        Graphics2D paint = clear.createGraphics();
        paint.setColor(Color.RED);
        paint.fillRect(0, 0, 100, 70);
        assertThat(look(png(clear)).look().orElseThrow().transparent()).isCloseTo(0.3, within(0.001));
        assertThat(look(png(painted(100, 100, 1))).look().orElseThrow().transparent()).isZero();
    }

    @Test
    void whatIsWrittenCanBeReadAndWhatIsNotIsNothing() throws IOException {
        Look look = look(jpeg(painted(300, 200, 3))).look().orElseThrow();
        assertThat(Look.read(look.written())).contains(look);
        assertThat(look.written().length()).isLessThan(700);
        assertThat(Look.read("{}")).isEmpty();
        assertThat(Look.read("no JSON")).isEmpty();
        assertThat(Look.read(look.written().replace("\"hash\":\"", "\"hash\":\"*"))).isEmpty();
    }

    private static Content look(byte[] bytes) throws IOException {
        return Decoder.look("x", source(bytes));
    }

    private static Decoder.Source source(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }

    private static InputStream counting(byte[] bytes, AtomicLong read) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                int count = super.read(into, offset, length);
                read.addAndGet(Math.max(0, count));
                return count;
            }
        };
    }

    private static BufferedImage painted(int width, int height, long seed) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(seed);
        Graphics2D paint = image.createGraphics();
        for (int i = 0; i < 60; i++) {
            paint.setColor(new Color(random.nextInt(1 << 24)));
            paint.fillOval(random.nextInt(width), random.nextInt(height), random.nextInt(width / 2), random.nextInt(height / 2));
        }
        paint.dispose();
        return image;
    }

    private static byte[] png(BufferedImage image) throws IOException {
        return written(image, "png");
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        return written(image, "jpeg");
    }

    private static byte[] written(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    /** Behind the first two bytes, where cameras write it. */
    private static byte[] withExif(byte[] jpeg, int orientation, boolean camera) {
        byte[] tiff = {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 2, 1, 18, 0, 3, 0, 0, 0, 1, 0, (byte) orientation, 0, 0, 1, (byte) (camera ? 15 : 26), 0, 2,
            0, 0, 0, 1, 'x', 0, 0, 0, 0, 0, 0, 0};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(jpeg, 0, 2);
        bytes.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, (byte) (tiff.length + 8), 'E', 'x', 'i', 'f', 0, 0});
        bytes.writeBytes(tiff);
        bytes.write(jpeg, 2, jpeg.length - 2);
        return bytes.toByteArray();
    }
}
