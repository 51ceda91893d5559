package org.dropfolder.corpus;

import static org.dropfolder.corpus.Bytes.ascii;
import static org.dropfolder.corpus.Bytes.cut;
import static org.dropfolder.corpus.Bytes.join;
import static org.dropfolder.corpus.Bytes.utf8;
import static org.dropfolder.corpus.Bytes.zeros;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** ZIP archives of which something is of use: what is in them is treated like what is dropped, and they end in done/. */
final class ArchiveRows {
    private ArchiveRows() { }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        plain(rows);
        ways(rows);
        around(rows);
        partly(rows);
        return rows;
    }

    private static void plain(List<Row> rows) {
        byte[] a = Pngs.plain(300);
        byte[] b = Jpegs.baseline(301);
        rows.add(Row.that("a ZIP of two images").drop("z.zip", Zips.of("a.png", a, "b.jpg", b)).done().part(a).sentAs("a.png").part(b).sentAs("b.jpg"));
        rows.add(Row.that("a ZIP of folders").drop("z.zip", Zips.of(Zips.folder("x"), Zips.file("x/a.png", a), Zips.file("x/y/b.jpg", b))).done()
            .part(a).sentAs("a.png").part(b).sentAs("b.jpg"));
        rows.add(Row.that("a ZIP of images and captions").drop("z.zip", Zips.of("a.txt", utf8("first"), "a.png", a, "b.jpg", b, "b.txt", utf8("second"))).done()
            .part(utf8("first")).done().part(a).sentAs("a.png").with("first").part(b).sentAs("b.jpg").with("second").part(utf8("second")).done());
        rows.add(Row.that("a ZIP with wrong endings").drop("z.zip", Zips.of("a.jpg", a, "b", b)).done().part(a).sentAs("a.png").part(b).sentAs("b.jpg"));
        rows.add(Row.that("a ZIP that is called JPEG").drop("z.jpg", Zips.of("a.png", a)).done().part(a).sentAs("a.png"));
        rows.add(Row.that("a ZIP without an ending").drop("z", Zips.of("a.png", a)).done().part(a).sentAs("a.png"));
        rows.add(Row.that("a ZIP in a sub-folder").drop("x/z.zip", Zips.of("a.png", a)).done().part(a).sentAs("a.png"));
        rows.add(Row.that("a ZIP with a WebP").drop("z.zip", Zips.of("a.webp", WebPs.lossy())).done().part(WebPs.lossy()).sentAs("a.webp"));
    }

    private static void ways(List<Row> rows) {
        byte[] a = Pngs.plain(302);
        rows.add(Row.that("a ZIP whose parts are not packed").drop("z.zip", Zips.of(Zips.stored("a.png", a))).done().part(a).sentAs("a.png"));
        rows.add(Row.that("a ZIP with the long fields").drop("z.zip", Zips.long64(Zips.file("a.png", a), Zips.stored("b.png", Pngs.plain(303)))).done()
            .part(a).sentAs("a.png").part(Pngs.plain(303)).sentAs("b.png"));
        rows.add(Row.that("a ZIP with a program before it").drop("z.zip", join(ascii("#!/bin/sh\nexit\n"), Zips.of("a.png", a)))
            .aside("NOT_AN_IMAGE|TEXT|DAMAGED|ARCHIVE|DOCUMENT"));
        rows.add(Row.that("a ZIP with names of an old Windows").drop("z.zip", Zips.of(Zips.file("x", a).named(Bytes.hex("66 81 72 2e 70 6e 67")))).done()
            .part(a).sentAs("~f.{1,4}r\\.png"));
        rows.add(Row.that("a ZIP with backslashes between folders").drop("z.zip", Zips.of(Zips.file("x\\a.png", a))).aside("ARCHIVE_OF_NO_USE"));
        rows.add(Row.that("a ZIP with a name that hurts").drop("z.zip", Zips.of("a\"%😺 b.png", a)).done().part(a).sentAs("a___ b.png"));
        rows.add(Row.that("a ZIP with a name of 5,000 letters").drop("z.zip", Zips.of("a".repeat(5000) + ".png", a)).aside("ARCHIVE_OF_NO_USE"));
        rows.add(Row.that("a ZIP with a letter of two signs").drop("z.zip", Zips.of("cafe\u0301.png", a, "caf\u00e9.txt", utf8("coffee"))).done()
            .part(a).sentAs("caf\u00e9.png").with("coffee").part(utf8("coffee")).done());
    }

    private static void around(List<Row> rows) {
        byte[] a = Pngs.plain(304);
        byte[] b = Pngs.plain(305);
        rows.add(Row.that("a Mac's ZIP").drop("z.zip", Zips.of("x/a.png", a, "__MACOSX/x/._a.png", zeros(100), "x/.DS_Store", zeros(50))).done().part(a).sentAs("a.png"));
        rows.add(Row.that("a ZIP with Windows' junk").drop("z.zip", Zips.of("Thumbs.db", zeros(100), "a.png", a, "desktop.ini", zeros(9))).done().part(a).sentAs("a.png"));
        rows.add(Row.that("a ZIP with one picture twice").drop("z.zip", Zips.of("a.png", a, "b.png", a)).done().part(a).sentAs("a.png").part(a).done());
        rows.add(Row.that("a ZIP with two pictures of one name").drop("z.zip", Zips.of("x/a.png", a, "y/a.png", b)).done().part(a).sentAs("a.png")
            .part(b).sentAs("~a-[0-9a-f]{8}\\.png"));
        rows.add(Row.that("a ZIP with two parts of one path").drop("z.zip", Zips.of(Zips.file("a.png", a), Zips.file("a.png", b))).done()
            .part(a).sentAs("a.png").part(b).sentAs("~a-[0-9a-f]{8}\\.png"));
        rows.add(Row.that("a ZIP with what was dropped before").drop("a.png", a).sent().onceSent(1).drop("z.zip", Zips.of("a.png", a, "b.png", b)).done()
            .part(a).done().part(b).sentAs("b.png"));
        rows.add(Row.that("one ZIP twice").drop("z.zip", Zips.of("a.png", a)).done().part(a).sentAs("a.png").onceSent(1).drop("y.zip", Zips.of("a.png", a)).done().part(a).done());
        rows.add(Row.that("a ZIP with a BMP").drop("z.zip", Zips.of("a.bmp", Others.bmp(BufferedImage.TYPE_3BYTE_BGR, "BI_RGB"), "a.txt", utf8("a cat"))).done()
            .part(Others.bmp(BufferedImage.TYPE_3BYTE_BGR, "BI_RGB")).convertedTo("a.png").with("a cat").part(utf8("a cat")).done());
        rows.add(Row.that("two ZIPs with different pictures of one name").drop("y.zip", Zips.of("a.png", a)).done().part(a).sentAs("~a(-[0-9a-f]{8})?\\.png")
            .drop("z.zip", Zips.of("a.png", b)).done().part(b).sentAs("~a(-[0-9a-f]{8})?\\.png"));
    }

    private static void partly(List<Row> rows) {
        byte[] a = Pngs.plain(306);
        byte[] half = cut(Pngs.plain(307), 50);
        rows.add(Row.that("a ZIP with half an image").drop("z.zip", Zips.of("a.png", a, "half.png", half)).done().part(a).sentAs("a.png").part(half).aside(Why.CUT));
        rows.add(kept("a ZIP with a letter beside its image", Zips.file("brief.pdf", ascii("%PDF-1.7\n%%EOF\n"))));
        rows.add(kept("a ZIP with an iPhone's photo beside its image", Zips.file("b.heic", Others.brand("heic"))));
        rows.add(kept("a ZIP with an archive beside its image", Zips.file("inner.zip", Zips.of("b.png", Pngs.plain(308)))));
        rows.add(kept("a ZIP with a way up beside its image", Zips.file("../../../evil.png", Pngs.plain(309))));
        rows.add(kept("a ZIP with a way up within a path beside its image", Zips.file("x/../../evil.png", Pngs.plain(309))));
        rows.add(kept("a ZIP with a path from the root beside its image", Zips.file("/etc/evil.png", Pngs.plain(310))));
        rows.add(kept("a ZIP with a path of Windows beside its image", Zips.file("C:\\evil\\..\\..\\evil.png", Pngs.plain(310)).mode(0120777)));
        rows.add(kept("a ZIP with a link beside its image", Zips.stored("link.png", ascii("/etc/passwd")).mode(0120777)));
        rows.add(kept("a ZIP with a locked part beside its image", Zips.stored("locked.png", zeros(500)).flags(1)));
        rows.add(kept("a ZIP with a part packed in a way nobody knows beside its image", Zips.stored("b.png", zeros(500)).method(77)));
        rows.add(kept("a ZIP with a part of a wrong check sum beside its image", Zips.file("b.png", Pngs.plain(311)).crc(1)));
        rows.add(kept("a ZIP with a part that is longer than it says beside its image", Zips.file("b.png", Pngs.plain(312)).size(50)));
        rows.add(kept("a ZIP with a part that is shorter than it says beside its image", Zips.file("b.png", Pngs.plain(313)).size(5000)));
        rows.add(Row.that("a ZIP with a name of nothing beside its image").drop("z.zip", Zips.of(Zips.file("a.png", a), Zips.file("", Pngs.plain(314)))).done()
            .part(a).sentAs("a.png"));
        rows.add(kept("a ZIP with a line's end in a name beside its image", Zips.file("a\r\nX: y/../b", utf8("x"))));
        rows.add(Row.that("a ZIP with half a caption").drop("z.zip", Zips.of("a.png", a, "a.txt", Bytes.hex("c3"))).done().part(a).sentAs("a.png")
            .part(Bytes.hex("c3")).aside("UNREADABLE_CAPTION"));
    }

    /** The image is sent, the other part stays in the archive. */
    private static Row kept(String sentence, Zips.Part other) {
        byte[] a = Pngs.plain(315);
        return Row.that(sentence).drop("z.zip", Zips.of(Zips.file("a.png", a), other)).partly().part(a).sentAs("a.png");
    }
}
