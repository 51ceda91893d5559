package org.dropfolder.corpus;

import static org.dropfolder.corpus.Bytes.cut;
import static org.dropfolder.corpus.Bytes.flip;
import static org.dropfolder.corpus.Bytes.utf8;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Images that Ideogram does not take as they are, and that can be made into such that it takes. */
final class ConvertibleRows {
    private ConvertibleRows() { }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        bmps(rows);
        gifs(rows);
        tiffs(rows);
        large(rows);
        around(rows);
        off(rows);
        return rows;
    }

    private static void bmps(List<Row> rows) {
        rows.add(converted("a BMP of 24 bits", "a.bmp", Others.bmp(BufferedImage.TYPE_3BYTE_BGR, "BI_RGB")));
        rows.add(converted("a BMP of 32 bits", "a.bmp", Others.bmp(BufferedImage.TYPE_INT_RGB, "BI_BITFIELDS")));
        rows.add(converted("a BMP of 16 bits", "a.bmp", Others.bmp(BufferedImage.TYPE_USHORT_565_RGB, "BI_BITFIELDS")));
        rows.add(converted("a BMP with a palette", "a.bmp", Others.bmp(BufferedImage.TYPE_BYTE_INDEXED, "BI_RGB")));
        rows.add(converted("a packed BMP", "a.bmp", Others.bmp(BufferedImage.TYPE_BYTE_INDEXED, "BI_RLE8")));
        rows.add(converted("a BMP in black and white", "a.bmp", Others.bmp(BufferedImage.TYPE_BYTE_BINARY, "BI_RGB")));
        rows.add(converted("a BMP that is called JPEG", "a.jpg", Others.bmp(BufferedImage.TYPE_3BYTE_BGR, "BI_RGB")));
    }

    private static void gifs(List<Row> rows) {
        rows.add(converted("a GIF", "a.gif", Others.gif(70)));
        rows.add(converted("an interlaced GIF", "a.gif", Others.written(Paint.picture(71, Paint.WIDTH, Paint.HEIGHT,
            BufferedImage.TYPE_BYTE_INDEXED), "gif", "", true)));
        rows.add(converted("a GIF that moves", "a.gif", Others.several("gif", 3)));
        rows.add(converted("a GIF without an ending", "a", Others.gif(72)));
    }

    private static void tiffs(List<Row> rows) {
        rows.add(converted("a TIFF", "a.tif", Others.tiff(BufferedImage.TYPE_INT_RGB, "")));
        for (String compression : List.of("LZW", "JPEG", "ZLib", "PackBits", "Deflate")) {
            rows.add(converted("a TIFF packed by " + compression, "a.tif", Others.tiff(BufferedImage.TYPE_INT_RGB, compression)));
        }
        rows.add(converted("a fax", "a.tiff", Others.tiff(BufferedImage.TYPE_BYTE_BINARY, "CCITT T.6")));
        rows.add(converted("a TIFF with 16 bits of grey", "a.tif", Others.tiff(BufferedImage.TYPE_USHORT_GRAY, "")));
        rows.add(converted("a TIFF that can be seen through", "a.tif", Others.tiff(BufferedImage.TYPE_INT_ARGB, "LZW")));
        rows.add(converted("a TIFF of three pages", "a.tiff", Others.several("tiff", 3)));
    }

    private static void large(List<Row> rows) {
        rows.add(Row.that("a JPEG that is too large is made smaller").drop("big.jpg", Jpegs.large(700, 600)).convertedTo("big.jpg", 0, 0));
        rows.add(Row.that("a PNG that is too large is made smaller").drop("big.png", Pngs.of(Paint.noise(500, 400))).convertedTo("big.png", 0, 0));
        rows.add(Row.that("a WebP that is too large becomes a smaller PNG").drop("big.webp", WebPs.lossless(1100, 900, 4)).convertedTo("big.png", 0, 0));
        rows.add(Row.that("a BMP that is too large becomes a smaller PNG").drop("big.bmp",
            Others.written(Paint.noise(500, 400), "bmp", "BI_RGB", false)).convertedTo("big.png", 0, 0));
    }

    private static void around(List<Row> rows) {
        byte[] bmp = Others.bmp(BufferedImage.TYPE_3BYTE_BGR, "BI_RGB");
        rows.add(Row.that("a caption goes with what was converted").drop("scan.bmp", bmp).convertedTo("scan.png").with("a scan")
            .drop("scan.txt", utf8("a scan")).done());
        rows.add(Row.that("a caption goes with what was made smaller").drop("big.jpg", Jpegs.large(600, 600)).convertedTo("big.jpg", 0, 0)
            .with("large").drop("big.txt", utf8("large")).done());
        rows.add(Row.that("a PNG and a GIF of one name both arrive").drop("a.png", Pngs.plain(73)).sentAs("~a(-[0-9a-f]{8})?\\.png")
            .drop("a.gif", Others.gif(74)).convertedTo("~a(-[0-9a-f]{8})?\\.png"));
        rows.add(Row.that("one BMP twice is sent once").drop("a.bmp", bmp).convertedTo("~[ab]\\.png").drop("b.bmp", bmp).again());
        rows.add(Row.that("half a BMP").drop("a.bmp", cut(bmp, 50)).aside("DAMAGED|ENDS_TOO_EARLY"));
        rows.add(Row.that("half a GIF").drop("a.gif", cut(Others.gif(75), 50)).aside("DAMAGED|ENDS_TOO_EARLY"));
        rows.add(Row.that("half a TIFF").drop("a.tif", cut(Others.tiff(BufferedImage.TYPE_INT_RGB, "LZW"), 50)).aside("DAMAGED|ENDS_TOO_EARLY"));
        rows.add(Row.that("a GIF whose size flipped").drop("a.gif", flip(flip(Others.gif(76), 7), 9)).aside("DAMAGED|ENDS_TOO_EARLY|TOO_MANY_PIXELS"));
    }

    private static void off(List<Row> rows) {
        rows.add(off("a BMP where nothing is converted", "a.bmp", Others.bmp(BufferedImage.TYPE_3BYTE_BGR, "BI_RGB"), "BMP"));
        rows.add(off("a GIF where nothing is converted", "a.gif", Others.gif(77), "GIF"));
        rows.add(off("a TIFF where nothing is converted", "a.tif", Others.tiff(BufferedImage.TYPE_INT_RGB, ""), "TIFF"));
        rows.add(off("a WebP that moves where nothing is converted", "a.webp", WebPs.animated(), "ANIMATED_WEBP"));
        rows.add(off("a JPEG that is too large where nothing is converted", "a.jpg", Jpegs.large(700, 600), Why.LARGE));
        rows.add(off("a PNG that is too large where nothing is converted", "a.png", Pngs.of(Paint.noise(500, 400)), Why.LARGE));
    }

    private static Row off(String sentence, String name, byte[] bytes, String codes) {
        return Row.that(sentence).strictly().drop(name, bytes).aside(codes);
    }

    private static Row converted(String sentence, String name, byte[] bytes) {
        return Row.that(sentence + " becomes a PNG").drop(name, bytes).convertedTo("a.png");
    }
}
