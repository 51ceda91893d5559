package org.dropfolder.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.dropfolder.Allocated;
import org.junit.jupiter.api.Test;

/** Many pictures on one, each at its place. */
class ContactSheetTest {
    /** Bytes of the heap for a hundred pictures: the sheet, and one small picture after the other, which are let go of. */
    private static final long BOUND = 160_000_000;

    @Test
    void holdsEachPictureAtItsPlace() throws IOException {
        ContactSheet sheet = new ContactSheet(3);
        sheet.add(picture(Color.RED, 480, 480), "red");
        sheet.skip("nothing");
        sheet.add(picture(Color.BLUE, 480, 240), "blue");
        BufferedImage seen = read(sheet);
        assertThat(colour(seen, 0)).isEqualTo("red");
        assertThat(colour(seen, 2)).isEqualTo("blue");
        assertThat(seen.getHeight()).as("one row").isEqualTo(250);
    }

    @Test
    void takesAHundredPicturesWithHostileWordsInWhateverScript() throws Exception {
        byte[][] jpeg = new byte[1][];
        long allocated = Allocated.by(() -> {
            ContactSheet sheet = new ContactSheet(100);
            for (int i = 0; i < 100; i++) {
                sheet.add(picture(new Color(i * 65_793), 120, 90 + i), switch (i % 6) {
                    case 0 -> "";
                    case 1 -> "\u0000\n\t\uD800 \uFFFF";
                    case 2 -> "\u5EAD\u306E\u5199\u771F\u3001\u671D\u306E\u5149";
                    case 3 -> "\u0635\u0648\u0631\u0629 \u0627\u0644\u062D\u062F\u064A\u0642\u0629";
                    case 4 -> "x".repeat(3_000);
                    default -> "a garden in early light, with a very long description that goes on and on, far beyond the room below it";
                });
            }
            jpeg[0] = sheet.jpeg();
        });
        BufferedImage seen = ImageIO.read(new ByteArrayInputStream(jpeg[0]));
        assertThat(seen.getWidth()).isBetween(1_500, 2_100);
        assertThat(seen.getHeight()).isBetween(1_500, 2_500);
        assertThat(allocated).isLessThan(BOUND);
    }

    private static Converter.Picture picture(Color colour, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D paint = image.createGraphics();
        paint.setColor(colour);
        paint.fillRect(0, 0, width, height);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return new Converter.Picture(ImageFormat.PNG, bytes.toByteArray());
    }

    private static BufferedImage read(ContactSheet sheet) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(sheet.jpeg()));
    }

    /** Where the picture of this place has its middle, in a sheet of two or three columns. */
    private static String colour(BufferedImage seen, int place) {
        int columns = (seen.getWidth() - 16) / 200;
        int rgb = seen.getRGB(16 + place % columns * 200 + 92, 16 + place / columns * 234 + 92);
        Color colour = new Color(rgb);
        return colour.getRed() > 200 && colour.getBlue() < 60 ? "red" : colour.getBlue() > 200 && colour.getRed() < 60 ? "blue" : colour.toString();
    }
}
