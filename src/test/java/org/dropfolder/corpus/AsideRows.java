package org.dropfolder.corpus;

import static org.dropfolder.corpus.Bytes.ascii;
import static org.dropfolder.corpus.Bytes.hex;
import static org.dropfolder.corpus.Bytes.join;
import static org.dropfolder.corpus.Bytes.utf8;
import static org.dropfolder.corpus.Bytes.zeros;

import java.util.List;

/** Good files that can't be used here: each is set aside with what to do about its kind. */
final class AsideRows {
    private AsideRows() { }

    static List<Row> rows() {
        return List.of(
            aside("an iPhone's photo", "photo.heic", Others.brand("heic"), "HEIC"),
            aside("an iPhone's photo that is called JPEG", "photo.jpg", Others.brand("heic"), "HEIC"),
            aside("an AVIF", "photo.avif", Others.brand("avif"), "AVIF"),
            aside("a Canon's raw photo", "photo.cr2", join(hex("49492a00 10000000"), ascii("CR\2\0"), zeros(600)), "RAW"),
            aside("a newer Canon's raw photo", "photo.cr3", Others.brand("crx "), "RAW"),
            aside("a Nikon's raw photo", "photo.nef", Others.raw("NIKON CORPORATION", false), "RAW"),
            aside("a Sony's raw photo", "photo.arw", Others.raw("SONY", false), "RAW"),
            aside("a DNG", "photo.dng", Others.raw("Apple", true), "RAW"),
            aside("a Fuji's raw photo", "photo.raf", join(ascii("FUJIFILMCCD-RAW 0201"), zeros(600)), "RAW"),
            aside("an Olympus' raw photo", "photo.orf", join(ascii("IIRO"), hex("08000000"), zeros(600)), "RAW"),
            aside("Photoshop's file", "design.psd", join(ascii("8BPS"), hex("0001 000000000000 0003 00000020 00000030 0008 0003"), zeros(40)), "PSD"),
            aside("a drawing in SVG", "logo.svg", utf8("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>"), "SVG"),
            aside("a drawing in SVG with a declaration", "logo.svg", utf8("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), "SVG"),
            aside("a video", "clip.mp4", Others.mp4(), "VIDEO"),
            aside("an iPhone's video", "clip.mov", Others.brand("qt  "), "VIDEO"),
            aside("a video of the web", "clip.webm", join(hex("1a45dfa3 9f 4286 81 01 42f7 81 01 42f2 81 04 42f3 81 08 4282 84"), ascii("webm"), zeros(40)), "VIDEO"),
            aside("an old video", "clip.avi", join(ascii("RIFF"), hex("64000000"), ascii("AVI LIST"), zeros(100)), "VIDEO"),
            aside("a PDF", "brief.pdf", ascii("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"), "DOCUMENT"),
            aside("a letter of Word", "brief.docx", Zips.docx(), "DOCUMENT"),
            aside("an old letter of Word", "brief.doc", join(hex("d0cf11e0a1b11ae1"), zeros(600)), "DOCUMENT"),
            aside("a letter in RTF", "brief.rtf", ascii("{\\rtf1\\ansi hello}"), "DOCUMENT"),
            aside("a page of the web", "page.html", utf8("<!DOCTYPE html><html><body>hello</body></html>"), "DOCUMENT"),
            aside("a tar", "photos.tar", Others.tar(), "ARCHIVE|ZIP"),
            aside("a tar.gz", "photos.tar.gz", join(hex("1f8b0800 00000000 0003"), hex("0300 0000 0000 0000 0000")), "ARCHIVE|ZIP"),
            aside("a 7z", "photos.7z", join(hex("377abcaf271c 0004"), zeros(40)), "ARCHIVE|ZIP"),
            aside("a RAR", "photos.rar", join(ascii("Rar!"), hex("1a0700"), zeros(40)), "ARCHIVE|ZIP"),
            aside("a newer RAR", "photos.rar", join(ascii("Rar!"), hex("1a070100"), zeros(40)), "ARCHIVE|ZIP"),
            aside("a program of Windows", "setup.exe", join(ascii("MZ"), hex("9000 0300 0000 0400 0000 ffff"), zeros(600)), "NOT_AN_IMAGE"),
            aside("a song", "song.mp3", join(ascii("ID3"), hex("0300 00000000 0a"), zeros(10), hex("fffb9064"), zeros(400)), "AUDIO"),
            aside("a recording", "memo.wav", join(ascii("RIFF"), hex("64000000"), ascii("WAVEfmt "), hex("10000000 01000100 44ac0000"), zeros(100)), "AUDIO"),
            aside("a font", "letters.ttf", join(hex("00010000 000c 0080 0003 0040"), ascii("OS/2"), zeros(100)), "NOT_AN_IMAGE"),
            aside("a table", "list.csv", utf8("name;caption\na.jpg;a cat\n"), "TEXT|NOT_AN_IMAGE"),
            aside("metadata beside a photo", "photo.xmp", utf8("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>"), "TEXT|NOT_AN_IMAGE|DOCUMENT"),
            aside("an icon", "a.ico", join(hex("00000100 0100 10100000 0100 2000 68040000 16000000"), zeros(1128)), "NOT_AN_IMAGE"),
            aside("an image of JPEG 2000", "a.jp2", join(hex("0000000c 6a502020 0d0a870a 00000014"), ascii("ftypjp2 "), zeros(20)), "NOT_AN_IMAGE"),
            aside("an image of JPEG XL", "a.jxl", join(hex("ff0a fa7f 0110 8806 0800 1801 0010"), ascii("some pixels")), "NOT_AN_IMAGE"),
            Row.that("what can't be used does not hold what can").drop("a.heic", Others.brand("heic")).aside("HEIC")
                .drop("a.png", Pngs.plain(80)).sent());
    }

    private static Row aside(String sentence, String name, byte[] bytes, String codes) {
        return Row.that(sentence).drop(name, bytes).aside(codes);
    }
}
