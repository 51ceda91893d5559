package org.dropfolder.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.dropfolder.corpus.Bytes.cut;
import static org.dropfolder.corpus.Bytes.hex;
import static org.dropfolder.corpus.Bytes.join;
import static org.dropfolder.corpus.Bytes.utf8;
import static org.dropfolder.corpus.Bytes.zeros;

import java.util.ArrayList;
import java.util.List;

/** Texts beside images. */
final class CaptionRows {
    private static final String LATE = "CAPTION_TOO_LATE";
    private static final String ALONE = "CAPTION_WITHOUT_IMAGE";
    private static final String UNREADABLE = "UNREADABLE_CAPTION";
    private static final byte[] CAT = utf8("a cat");

    private CaptionRows() { }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        texts(rows);
        refused(rows);
        names(rows);
        times(rows);
        fates(rows);
        return rows;
    }

    private static void texts(List<Row> rows) {
        rows.add(read("plain words", utf8("a cat on a mat"), "a cat on a mat"));
        rows.add(read("words with a mark before them", join(hex("efbbbf"), utf8("a cat")), "a cat"));
        rows.add(read("words in two bytes each", join(hex("fffe"), "eine Kätzin".getBytes(UTF_16LE)), "eine Kätzin"));
        rows.add(read("words in two bytes each the other way round", join(hex("feff"), "eine Kätzin".getBytes(UTF_16BE)), "eine Kätzin"));
        rows.add(read("lines of Windows", utf8("a cat\r\non a mat\r\n"), "a cat\non a mat"));
        rows.add(read("lines of an old Mac", utf8("a cat\ron a mat\r"), "a cat\non a mat"));
        rows.add(read("blanks around", utf8("\n\n   a cat \t\n "), "a cat"));
        rows.add(read("letters of many tongues", utf8("猫が座っている 😺 кот ñ"), "猫が座っている 😺 кот ñ"));
        rows.add(read("signs that ring and move the cursor", utf8("a\u0007 c\u001b[2Jat\u0000"), "a c[2Jat"));
        rows.add(read("words of a page", utf8("<b>a cat</b> & \"co\""), "<b>a cat</b> & \"co\""));
        rows.add(read("two thousand letters", utf8("x".repeat(2000)), "x".repeat(2000)));
        rows.add(read("nothing", zeros(0), ""));
        rows.add(read("only blanks", utf8(" \r\n\t\r\n"), ""));
        rows.add(read("only a mark", hex("efbbbf"), ""));
    }

    private static void refused(List<Row> rows) {
        rows.add(refused("words of Latin-1", "eine Kätzin".getBytes(ISO_8859_1), UNREADABLE));
        rows.add(refused("a picture", Pngs.plain(200), UNREADABLE));
        rows.add(refused("half a letter", hex("6120e2 82"), UNREADABLE));
        rows.add(refused("2,001 letters", utf8("x".repeat(2001)), "CAPTION_TOO_LONG"));
        rows.add(refused("a novel", utf8("word ".repeat(40_000)), "CAPTION_TOO_LONG"));
    }

    private static void names(List<Row> rows) {
        rows.add(named("an ending in capitals", "photo.png", "photo.TXT", "photo.png"));
        rows.add(named("an image's ending in capitals", "photo.PNG", "photo.txt", "photo.PNG"));
        rows.add(named("capitals on one side", "Photo.png", "photo.txt", "Photo.png"));
        rows.add(named("capitals within the ending", "photo.png", "photo.Txt", "photo.png"));
        rows.add(named("a letter of two signs on the text", "caf\u00e9.png", "cafe\u0301.txt", "caf\u00e9.png"));
        rows.add(named("a letter of two signs on the image", "cafe\u0301.png", "caf\u00e9.txt", "caf\u00e9.png"));
        rows.add(named("a dot in the name", "v1.2.png", "v1.2.txt", "v1.2.png"));
        rows.add(named("blanks in the name", "my photo.png", "my photo.txt", "my photo.png"));
        rows.add(named("a name that is made safe", "100%.png", "100%.txt", "100_.png"));
        rows.add(named("an image without an ending", "photo", "photo.txt", "photo.png"));
        rows.add(named("an image with a wrong ending", "photo.jpg", "photo.txt", "photo.png"));
        rows.add(Row.that("in a sub-folder, with its image").drop("a/photo.png", Pngs.plain(201)).sent().with("a cat").drop("a/photo.txt", CAT).done());
        rows.add(Row.that("in another folder than its image").strictly().drop("a/photo.png", Pngs.plain(202)).sent().drop("b/photo.txt", CAT).aside(ALONE));
        rows.add(Row.that("one for each of two images of one name").drop("a/photo.png", Pngs.plain(203)).sentAs("~photo(-[0-9a-f]{8})?\\.png").with("in a")
            .drop("a/photo.txt", utf8("in a")).done().drop("b/photo.png", Pngs.plain(204)).sentAs("~photo(-[0-9a-f]{8})?\\.png").with("in b")
            .drop("b/photo.txt", utf8("in b")).done());
    }

    private static void times(List<Row> rows) {
        rows.add(Row.that("a caption before its image").drop("photo.txt", CAT).done().onceTaken().drop("photo.png", Pngs.plain(205)).sent().with("a cat"));
        rows.add(Row.that("a caption right after its image").drop("photo.png", Pngs.plain(206)).sent().with("a cat").onceTaken().drop("photo.txt", CAT).done());
        rows.add(Row.that("a caption after its image was sent").drop("photo.png", Pngs.plain(207)).sent().onceSent(1).drop("photo.txt", CAT).aside(LATE));
        rows.add(Row.that("an empty caption after its image was sent").drop("photo.png", Pngs.plain(208)).sent().onceSent(1).drop("photo.txt", zeros(0))
            .aside(LATE + "|EMPTY"));
        rows.add(Row.that("a caption whose image never comes").strictly().drop("photo.txt", CAT).aside(ALONE).drop("other.png", Pngs.plain(209)).sent());
        rows.add(Row.that("a caption that is all there is").strictly().drop("photo.txt", CAT).aside(ALONE));
    }

    private static void fates(List<Row> rows) {
        rows.add(Row.that("a caption of an image that can't be used").strictly().drop("photo.heic", Others.brand("heic")).aside("HEIC")
            .drop("photo.txt", CAT).aside("CAPTION_OF_UNUSED"));
        rows.add(Row.that("a caption of half an image").strictly().drop("photo.png", cut(Pngs.plain(210), 50)).aside(Why.CUT).drop("photo.txt", CAT).aside("CAPTION_OF_UNUSED|CAPTION_WITHOUT_IMAGE"));
        rows.add(Row.that("a caption of the second copy").strictly().drop("a.png", Pngs.plain(211)).sent().onceSent(1).drop("b.png", Pngs.plain(211)).done()
            .drop("b.txt", CAT).aside("CAPTION_OF_COPY"));
        rows.add(Row.that("two captions of one stem").drop("photo.png", Pngs.plain(212)).sent().with("a cat").drop("photo.txt", CAT).done()
            .onceSent(1).drop("PHOTO.txt", utf8("a dog")).aside(LATE));
        rows.add(Row.that("one caption twice").drop("photo.png", Pngs.plain(213)).sent().with("a cat").drop("photo.txt", CAT).done()
            .onceSent(1).drop("photo.txt", CAT).aside(LATE));
        rows.add(Row.that("a caption of an image that is refused").drop("unsafe.png", Pngs.plain(214)).aside("FAILED_SAFETY_CHECK")
            .drop("unsafe.txt", CAT).aside("~").drop("b.png", Pngs.plain(215)).sent());
    }

    private static Row read(String what, byte[] text, String caption) {
        return Row.that("a caption of " + what).drop("photo.png", Pngs.plain(216)).sent().with(caption).drop("photo.txt", text).done();
    }

    private static Row refused(String what, byte[] text, String code) {
        return Row.that("a caption of " + what + " is set aside alone").drop("photo.png", Pngs.plain(217)).sent().drop("photo.txt", text).aside(code);
    }

    private static Row named(String what, String image, String caption, String as) {
        return Row.that("a caption and " + what).drop(image, Pngs.plain(218)).sentAs(as).with("a cat").drop(caption, CAT).done();
    }
}
