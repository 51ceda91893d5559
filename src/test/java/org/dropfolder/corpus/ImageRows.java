package org.dropfolder.corpus;

import static org.dropfolder.corpus.Bytes.ascii;
import static org.dropfolder.corpus.Bytes.hex;
import static org.dropfolder.corpus.Bytes.insert;
import static org.dropfolder.corpus.Bytes.join;
import static org.dropfolder.corpus.Bytes.zeros;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Sound images, in all the ways in which encoders, cameras and phones write them: each is sent byte for byte. */
final class ImageRows {
    private ImageRows() { }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        jpegs(rows);
        phones(rows);
        pngs(rows);
        webps(rows);
        sizes(rows);
        return rows;
    }

    private static void jpegs(List<Row> rows) {
        rows.add(sent("a baseline JPEG", "photo.jpg", Jpegs.baseline(1)));
        rows.add(sent("a progressive JPEG", "photo.jpg", Jpegs.progressive(2)));
        rows.add(sent("a JPEG in shades of grey", "photo.jpg", Jpegs.grey(3)));
        rows.add(sent("a JPEG in the four inks of print", "photo.jpg", Jpegs.cmyk()));
        rows.add(sent("a JPEG with colours at full resolution", "photo.jpg", Jpegs.fullColour(4)));
        rows.add(sent("a JPEG with a whole JPEG as its thumbnail", "photo.jpg", Jpegs.withThumbnail(5)));
        for (int orientation = 1; orientation <= 8; orientation++) {
            rows.add(sent("a JPEG of a camera held in way " + orientation, "photo.jpg", Jpegs.turned(orientation)));
        }
        rows.add(sent("a JPEG with a note of its program", "photo.jpg", Jpegs.with(6, 0xfe, ascii("made by hand"))));
        rows.add(sent("a JPEG with an end marker in a note", "photo.jpg", Jpegs.with(7, 0xfe, hex("ffd9 ffd8 ffd9"))));
        rows.add(sent("a JPEG with the longest note there is", "photo.jpg", Jpegs.with(8, 0xfe, zeros(65_533))));
        rows.add(sent("a JPEG with Photoshop's resources", "photo.jpg", Jpegs.with(9, 0xed, ascii("Photoshop 3.0\0" + "8BIM"))));
        rows.add(sent("a JPEG with a profile of colours", "photo.jpg", Jpegs.with(10, 0xe2, join(ascii("ICC_PROFILE\0"), zeros(400)))));
        rows.add(sent("a JPEG with filling before a marker", "photo.jpg", insert(Jpegs.baseline(11), 2, hex("ffffffff"))));
    }

    private static void phones(List<Row> rows) {
        rows.add(sent("a phone's JPEG with a video behind it", "photo.jpg", Jpegs.motionPhoto(12)));
        rows.add(sent("a JPEG with a second picture behind it", "photo.jpg", Jpegs.multiPicture(13)));
        rows.add(sent("a JPEG with a maker's trailer behind it", "photo.jpg", join(Jpegs.baseline(14), ascii("SEFHSamsung trailer SEFT"))));
        rows.add(sent("a JPEG with a few zeros behind it", "photo.jpg", join(Jpegs.baseline(15), zeros(7))));
    }

    private static void pngs(List<Row> rows) {
        rows.add(sent("a PNG in full colour", "picture.png", Pngs.plain(1)));
        rows.add(sent("a PNG with 16 bits a colour", "picture.png", Pngs.deepColour()));
        rows.add(sent("a PNG with 16 bits of grey", "picture.png", Pngs.ofType(2, BufferedImage.TYPE_USHORT_GRAY)));
        rows.add(sent("a PNG in shades of grey", "picture.png", Pngs.ofType(3, BufferedImage.TYPE_BYTE_GRAY)));
        rows.add(sent("a PNG in black and white", "picture.png", Pngs.ofType(4, BufferedImage.TYPE_BYTE_BINARY)));
        rows.add(sent("a PNG with a palette", "picture.png", Pngs.ofType(5, BufferedImage.TYPE_BYTE_INDEXED)));
        rows.add(sent("a PNG that can be seen through", "picture.png", Pngs.ofType(6, BufferedImage.TYPE_INT_ARGB)));
        rows.add(sent("an interlaced PNG", "picture.png", Pngs.interlaced(7)));
        rows.add(sent("a PNG that moves", "picture.png", Pngs.animated(8)));
        rows.add(sent("a PNG with a text in it", "picture.png", Pngs.with(9, Pngs.chunk("tEXt", ascii("Comment\0by hand")))));
        rows.add(sent("a PNG with a camera's notes", "picture.png", Pngs.with(10, Pngs.chunk("eXIf", ascii("MM\0*\0\0\0\10\0\0\0\0\0\0")))));
        rows.add(sent("a PNG with a chunk of a program's own", "picture.png", Pngs.with(11, Pngs.chunk("prVt", zeros(3000)))));
        rows.add(sent("a PNG with a chunk that says IEND inside", "picture.png", Pngs.with(12, Pngs.chunk("tEXt", ascii("Comment\0IEND")))));
        rows.add(sent("a PNG with a few zeros behind it", "picture.png", join(Pngs.plain(13), zeros(9))));
    }

    private static void webps(List<Row> rows) {
        rows.add(sent("a WebP", "picture.webp", WebPs.lossy()));
        rows.add(sent("another WebP", "picture.webp", WebPs.lossy("night-pines")));
        rows.add(sent("a WebP without loss", "picture.webp", WebPs.lossless(48, 32, 1)));
        rows.add(sent("a WebP that can be seen through", "picture.webp", WebPs.withAlpha()));
        rows.add(sent("a WebP with a camera's notes", "picture.webp", WebPs.withExif()));
        rows.add(Row.that("a WebP that moves becomes a PNG of its first picture").drop("picture.webp", WebPs.animated())
            .convertedTo("picture.png", WebPs.width(), WebPs.height()));
    }

    private static void sizes(List<Row> rows) {
        rows.add(sent("a PNG of one pixel", "dot.png", Pngs.of(Paint.picture(1, 1, 1, BufferedImage.TYPE_INT_RGB))));
        rows.add(sent("a JPEG of one pixel", "dot.jpg", Jpegs.of(Paint.picture(1, 1, 1, BufferedImage.TYPE_INT_RGB))));
        rows.add(sent("a WebP of one pixel", "dot.webp", WebPs.lossless(1, 1, 1)));
        rows.add(sent("a PNG as long as a banner", "banner.png", Pngs.of(Paint.picture(2, 6000, 1, BufferedImage.TYPE_INT_RGB))));
        rows.add(sent("a JPEG as high as a tower", "tower.jpg", Jpegs.of(Paint.picture(3, 1, 6000, BufferedImage.TYPE_INT_RGB))));
        rows.add(sent("a PNG of many pixels and few bytes", "plain.png", Pngs.of(new BufferedImage(4000, 3000, BufferedImage.TYPE_BYTE_BINARY))));
    }

    private static Row sent(String sentence, String name, byte[] bytes) {
        return Row.that(sentence).drop(name, bytes).sent();
    }
}
