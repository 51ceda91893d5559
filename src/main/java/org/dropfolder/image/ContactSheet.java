package org.dropfolder.image;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/**
 * One picture of many: each small, numbered, its words below. It takes so much memory as its own pixels do, whatever is put on it.
 * Where this machine has no fonts the words are left out, and the numbers are there. Not thread safe.
 */
public final class ContactSheet {
    /** Pixels of a picture's longer side. */
    private static final int SIDE = 184;
    private static final int GAP = 16;
    private static final int WORDS = 34;
    private static final int LINE = 15;
    private static final int COLUMNS = 10;
    private static final int DOT = 2;
    /** Each digit is three dots wide and five high, a line after the other. */
    private static final int[] DIGITS = {0b111_101_101_101_111, 0b010_110_010_010_111, 0b111_001_111_100_111, 0b111_001_111_001_111,
        0b101_101_111_001_001, 0b111_100_111_001_111, 0b111_100_111_101_111, 0b111_001_010_010_010, 0b111_101_111_101_111,
        0b111_101_111_001_111};
    private static final Color PAPER = new Color(0xF6F5F2);
    private static final Color EMPTY = new Color(0xE3E0D8);
    private static final Color INK = new Color(0x1F1E1B);

    private final BufferedImage sheet;
    private final Graphics2D paint;
    private final int columns;
    private int placed;
    private boolean letters = true;

    /** @param pictures that will be put on it, at least one */
    public ContactSheet(int pictures) {
        this.columns = Math.min(COLUMNS, (int) Math.ceil(Math.sqrt(pictures * 1.4)));
        int rows = (pictures + columns - 1) / columns;
        this.sheet = new BufferedImage(GAP + columns * (SIDE + GAP), GAP + rows * (SIDE + WORDS + GAP), BufferedImage.TYPE_3BYTE_BGR);
        this.paint = sheet.createGraphics();
        paint.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        paint.setColor(PAPER);
        paint.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    }

    /** Puts the next picture on it. */
    public void add(Converter.Picture picture, String words) throws IOException {
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(picture.bytes()));
        double part = Math.min(1, (double) SIDE / Math.max(read.getWidth(), read.getHeight()));
        BufferedImage small = part < 1 ? Pixels.scaled(read, part) : read;
        int x = left() + (SIDE - small.getWidth()) / 2;
        paint.drawImage(small, x, top() + (SIDE - small.getHeight()) / 2, null);
        label(words);
    }

    /** Leaves the place of the next picture empty, since nothing can be seen of it. */
    public void skip(String words) {
        paint.setColor(EMPTY);
        paint.fillRect(left(), top(), SIDE, SIDE);
        label(words);
    }

    /** Whether words could be written, or this machine has no fonts. */
    public boolean hasWords() {
        return letters;
    }

    /** All of it as a JPEG. */
    public byte[] jpeg() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PixelWriter.write(sheet, ImageFormat.JPEG, bytes);
        paint.dispose();
        return bytes.toByteArray();
    }

    private int left() {
        return GAP + placed % columns * (SIDE + GAP);
    }

    private int top() {
        return GAP + placed / columns * (SIDE + WORDS + GAP);
    }

    private void label(String words) {
        int number = placed + 1;
        String digits = String.valueOf(number);
        int width = digits.length() * 4 * DOT + 2 * DOT;
        paint.setColor(INK);
        paint.fillRect(left(), top(), width + DOT, 9 * DOT);
        paint.setColor(PAPER);
        for (int i = 0; i < digits.length(); i++) {
            digit(digits.charAt(i) - '0', left() + 2 * DOT + i * 4 * DOT, top() + 2 * DOT);
        }
        if (letters) {
            write(words);
        }
        placed++;
    }

    private void digit(int digit, int x, int y) {
        for (int dot = 0; dot < 15; dot++) {
            if ((DIGITS[digit] >> 14 - dot & 1) == 1) {
                paint.fillRect(x + dot % 3 * DOT, y + dot / 3 * DOT, DOT, DOT);
            }
        }
    }

    /** A Java without fonts, or without the library that draws them, says so with whatever comes to its mind. */
    private void write(String words) {
        try {
            paint.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
            paint.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            paint.setColor(INK);
            FontMetrics metrics = paint.getFontMetrics();
            String rest = words.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
            for (int line = 1; line <= 2 && !rest.isEmpty(); line++) {
                int end = fitting(rest, metrics, line == 2);
                boolean cut = line == 2 && end < rest.length();
                paint.drawString(rest.substring(0, end).strip() + (cut ? "\u2026" : ""), left(), top() + SIDE + line * LINE);
                rest = rest.substring(end).strip();
            }
        } catch (RuntimeException | LinkageError | InternalError e) {
            letters = false;
        }
    }

    /** Where the line ends: between words if there are any; what is cut leaves room for the mark that says so. */
    private static int fitting(String text, FontMetrics metrics, boolean last) {
        int room = SIDE - (last ? metrics.charWidth('\u2026') : 0);
        int end = text.length();
        if (metrics.stringWidth(text) <= SIDE) {
            return end;
        }
        int[] letters = text.codePoints().limit(SIDE).toArray();
        end = 0;
        for (int i = 0, width = 0; i < letters.length; i++) {
            width += metrics.charWidth(letters[i]);
            if (width > room) {
                break;
            }
            end += Character.charCount(letters[i]);
        }
        int space = text.lastIndexOf(' ', end);
        return space > end / 2 ? space : Math.max(1, end);
    }
}
