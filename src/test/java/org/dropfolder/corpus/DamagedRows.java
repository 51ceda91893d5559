package org.dropfolder.corpus;

import static org.dropfolder.corpus.Bytes.ascii;
import static org.dropfolder.corpus.Bytes.cut;
import static org.dropfolder.corpus.Bytes.first;
import static org.dropfolder.corpus.Bytes.flip;
import static org.dropfolder.corpus.Bytes.from;
import static org.dropfolder.corpus.Bytes.hex;
import static org.dropfolder.corpus.Bytes.join;
import static org.dropfolder.corpus.Bytes.little;
import static org.dropfolder.corpus.Bytes.put;
import static org.dropfolder.corpus.Bytes.utf8;
import static org.dropfolder.corpus.Bytes.withoutLast;
import static org.dropfolder.corpus.Bytes.zeros;
import static org.dropfolder.corpus.Bytes.zerosFrom;

import java.util.ArrayList;
import java.util.List;

/** Real images, damaged as copying, disks and people damage them. None is sent. */
final class DamagedRows {
    private static final String BROKEN = Why.DAMAGED + "|" + Why.CUT;
    private static final String ANY = BROKEN + "|" + Why.NO_IMAGE;

    private DamagedRows() { }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        cuts(rows);
        ends(rows);
        holes(rows);
        hearts(rows);
        others(rows);
        junk(rows);
        return rows;
    }

    private static void cuts(List<Row> rows) {
        for (int percent : new int[] {5, 25, 50, 75, 95}) {
            rows.add(aside("a JPEG of which " + percent + " per cent were copied", "a.jpg", cut(Jpegs.baseline(40), percent), Why.CUT));
            rows.add(aside("a PNG of which " + percent + " per cent were copied", "a.png", cut(Pngs.plain(41), percent), Why.CUT));
            rows.add(aside("a WebP of which " + percent + " per cent were copied", "a.webp", cut(WebPs.lossy(), percent), Why.CUT));
        }
        rows.add(aside("half a progressive JPEG", "a.jpg", cut(Jpegs.progressive(42), 50), Why.CUT));
        rows.add(aside("half a WebP without loss", "a.webp", cut(WebPs.lossless(48, 32, 3), 50), Why.CUT));
        rows.add(aside("half an interlaced PNG", "a.png", cut(Pngs.interlaced(43), 50), Why.CUT));
        rows.add(aside("three bytes of a JPEG", "a.jpg", first(Jpegs.baseline(44), 3), ANY));
        rows.add(aside("one byte of a JPEG", "a.jpg", first(Jpegs.baseline(44), 1), ANY));
        rows.add(aside("a JPEG cut within its thumbnail", "a.jpg", first(Jpegs.withThumbnail(45), 200), Why.CUT));
        rows.add(aside("a JPEG cut right behind its thumbnail", "a.jpg", first(Jpegs.withThumbnail(45), 900), Why.CUT));
    }

    private static void ends(List<Row> rows) {
        rows.add(aside("a JPEG without its last byte", "a.jpg", withoutLast(Jpegs.baseline(46), 1), Why.CUT));
        rows.add(aside("a JPEG without its end marker", "a.jpg", withoutLast(Jpegs.baseline(46), 2), Why.CUT));
        rows.add(aside("a PNG without its last byte", "a.png", withoutLast(Pngs.plain(47), 1), Why.CUT));
        rows.add(aside("a PNG without its end chunk", "a.png", Pngs.withoutEnd(Pngs.plain(47)), Why.CUT));
        rows.add(aside("a WebP without its last byte", "a.webp", withoutLast(WebPs.lossy(), 1), Why.CUT));
        rows.add(aside("an empty JPEG", "a.jpg", zeros(0), Why.EMPTY));
        rows.add(aside("an empty file without an ending", "a", zeros(0), Why.EMPTY));
        rows.add(aside("an empty archive's name without archive", "a.zip", zeros(0), Why.EMPTY));
    }

    private static void holes(List<Row> rows) {
        rows.add(aside("a JPEG whose second half is zeros", "a.jpg", zerosFrom(Jpegs.baseline(48), 50), BROKEN));
        rows.add(aside("a PNG whose second half is zeros", "a.png", zerosFrom(Pngs.plain(49), 50), BROKEN));
        rows.add(aside("a WebP whose second half is zeros", "a.webp", zerosFrom(WebPs.lossy(), 50), BROKEN));
        rows.add(aside("a JPEG whose last bytes are zeros", "a.jpg", zerosFrom(Jpegs.baseline(50), 97), BROKEN));
        rows.add(aside("space for a JPEG, and none of it copied", "a.jpg", zeros(20_000), ANY));
        rows.add(aside("space for a PNG larger than a block, and none of it copied", "a.png", zeros(200_000), ANY));
        byte[] jpeg = Jpegs.baseline(51);
        rows.add(aside("a JPEG whose begin is zeros", "a.jpg", join(zeros(400), from(jpeg, 400)), ANY));
    }

    private static void hearts(List<Row> rows) {
        byte[] jpeg = Jpegs.baseline(52);
        byte[] png = Pngs.plain(53);
        byte[] webp = WebPs.lossy();
        rows.add(aside("a JPEG whose first byte flipped", "a.jpg", flip(jpeg, 0), ANY));
        rows.add(aside("a PNG whose first byte flipped", "a.png", flip(png, 0), ANY));
        rows.add(aside("a WebP whose first byte flipped", "a.webp", flip(webp, 0), ANY));
        rows.add(aside("a PNG with a flipped bit in its picture", "a.png", flip(png, 60), Why.DAMAGED));
        rows.add(aside("a PNG with a flipped bit in its size", "a.png", flip(png, 18), Why.DAMAGED));
        rows.add(aside("a PNG with a wrong check sum at its end", "a.png", flip(png, png.length - 1), Why.DAMAGED));
        rows.add(aside("a PNG whose chunk says it is huge", "a.png", put(png, Pngs.BEHIND_HEADER, hex("7fffffff")), BROKEN));
        rows.add(aside("a PNG whose chunk says it is longer than chunks may be", "a.png", put(png, Pngs.BEHIND_HEADER, hex("ffffffff")), BROKEN));
        rows.add(aside("a WebP that says it is longer", "a.webp", put(webp, 4, little(webp.length + 1000, 4)), BROKEN));
        rows.add(aside("a WebP that says it is a few bytes short", "a.webp", put(webp, 4, little(20, 4)), BROKEN));
        rows.add(aside("a WebP whose picture is no picture", "a.webp", WebPs.riff(WebPs.chunk("VP8 ", ascii("no picture at all"))), BROKEN));
        rows.add(aside("a WebP that holds nothing", "a.webp", WebPs.riff(zeros(0)), BROKEN));
        rows.add(aside("a JPEG that is only its begin and its end", "a.jpg", hex("ffd8 ffd9"), ANY));
        rows.add(aside("a JPEG without a picture, with a begin and an end", "a.jpg", join(first(jpeg, 20), hex("ffd9")), BROKEN));
        rows.add(aside("a PNG that is only its begin and its end", "a.png",
            join(first(png, Pngs.BEHIND_HEADER), Pngs.chunk("IEND", zeros(0))), BROKEN));
        rows.add(aside("a PNG of no width", "a.png", join(first(png, 8), Pngs.chunk("IHDR", hex("00000000 00000001 08 02 00 00 00")),
            from(png, Pngs.BEHIND_HEADER)), BROKEN));
    }

    private static void others(List<Row> rows) {
        rows.add(aside("a JPEG with a text before it", "a.jpg", join(ascii("Content-Type: image/jpeg\r\n\r\n"), Jpegs.baseline(54)), ANY));
        rows.add(aside("a page of a web shop named .jpg", "a.jpg", utf8("<!DOCTYPE html><html><body>403 Forbidden</body></html>"), "NOT_AN_IMAGE|DOCUMENT|TEXT"));
        rows.add(aside("a pointer of git-lfs", "a.png", utf8("version https://git-lfs.github.com/spec/v1\noid sha256:"
            + "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"), "NOT_AN_IMAGE|TEXT"));
        rows.add(aside("an answer in JSON named .webp", "a.webp", utf8("{\"error\":\"not found\"}"), "NOT_AN_IMAGE|TEXT|DOCUMENT"));
        rows.add(aside("words named .jpg", "a.jpg", utf8("no image at all"), "NOT_AN_IMAGE|TEXT"));
        rows.add(aside("noise named .jpg", "a.jpg", from(Jpegs.large(40, 40), 1000), ANY));
        rows.add(aside("a shortcut of Windows named .jpg.lnk", "a.jpg.lnk", join(hex("4c000000 01140200 00000000 c0000000 00000046"), zeros(60)), "NOT_AN_IMAGE"));
        rows.add(aside("an address of a web page", "a.jpg.url", ascii("[InternetShortcut]\r\nURL=https://example.org/a.jpg\r\n"), "NOT_AN_IMAGE|TEXT"));
        rows.add(Row.that("a damaged image does not hold the sound one beside it").drop("a.png", flip(Pngs.plain(55), 60)).aside(Why.DAMAGED)
            .drop("b.png", Pngs.plain(55)).sent());
        rows.add(Row.that("half an image, and later the whole of it").drop("a.png", cut(Pngs.plain(56), 50)).aside(Why.CUT)
            .onceTaken().drop("a.png", Pngs.plain(56)).sent());
    }

    private static void junk(List<Row> rows) {
        rows.add(stays("the place of a photo that lies in iCloud", ".photo.jpg.icloud", ascii("bplist00")));
        rows.add(stays("a Mac's second half of a file", "._photo.jpg", hex("00051607 00020000")));
        rows.add(stays("a Mac's notes on a folder", ".DS_Store", zeros(10)));
        rows.add(stays("Windows' thumbnails", "Thumbs.db", zeros(10)));
        rows.add(stays("Windows' notes on a folder", "desktop.ini", zeros(10)));
        rows.add(stays("what a browser has not finished", "photo.jpg.crdownload", Jpegs.baseline(57)));
        rows.add(stays("what a copy has not finished", "photo.jpg.part", Jpegs.baseline(58)));
        rows.add(stays("a lock of Office", "~$photo.docx", zeros(10)));
        rows.add(stays("what is hidden", ".photo.jpg", Jpegs.baseline(59)));
        rows.add(stays("a Mac's second halves, in a folder of their own", "__MACOSX/._photo.jpg", hex("00051607")));
    }

    private static Row aside(String sentence, String name, byte[] bytes, String codes) {
        return Row.that(sentence).drop(name, bytes).aside(codes);
    }

    private static Row stays(String sentence, String name, byte[] bytes) {
        return Row.that(sentence + " stays").drop(name, bytes).stays().drop("photo.png", Pngs.plain(60)).sent();
    }
}
