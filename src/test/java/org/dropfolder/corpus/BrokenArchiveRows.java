package org.dropfolder.corpus;

import static org.dropfolder.corpus.Bytes.ascii;
import static org.dropfolder.corpus.Bytes.cut;
import static org.dropfolder.corpus.Bytes.flip;
import static org.dropfolder.corpus.Bytes.utf8;
import static org.dropfolder.corpus.Bytes.withoutLast;
import static org.dropfolder.corpus.Bytes.zeros;
import static org.dropfolder.corpus.Bytes.zerosFrom;

import java.util.ArrayList;
import java.util.List;

/** ZIP archives of which nothing is of use, or which are meant to hurt: each is set aside, and nothing of it is sent. */
final class BrokenArchiveRows {
    private static final String OF_NO_USE = "ARCHIVE_OF_NO_USE";
    private static final String HARMFUL = "HARMFUL_ARCHIVE|ARCHIVE_TOO_LARGE";
    private static final int BOMB = 30_000_000;

    private BrokenArchiveRows() { }

    static List<Row> rows() {
        byte[] sound = Zips.of("a.png", Pngs.plain(330), "b.jpg", Jpegs.baseline(331));
        List<Row> rows = new ArrayList<>();
        rows.add(aside("an empty ZIP", Zips.of(), OF_NO_USE));
        rows.add(aside("a ZIP of folders only", Zips.of(Zips.folder("a"), Zips.folder("a/b")), OF_NO_USE));
        rows.add(aside("a ZIP of junk only", Zips.of("__MACOSX/._a.png", zeros(40), ".DS_Store", zeros(40)), OF_NO_USE));
        rows.add(aside("a ZIP of letters only", Zips.of("a.pdf", ascii("%PDF-1.7\n%%EOF\n"), "b.csv", utf8("a;b")), OF_NO_USE));
        rows.add(aside("a locked ZIP", Zips.of(Zips.stored("a.png", zeros(400)).flags(1), Zips.stored("b.png", zeros(400)).flags(1)), OF_NO_USE));
        rows.add(aside("a ZIP in a ZIP", Zips.of("inner.zip", sound), OF_NO_USE));
        rows.add(aside("a ZIP of ways up only", Zips.of("../a.png", Pngs.plain(332), "../../b.png", Pngs.plain(333)), OF_NO_USE));
        rows.add(aside("a ZIP of links only", Zips.of(Zips.stored("a.png", ascii("/etc/passwd")).mode(0120777)), OF_NO_USE));
        rows.add(cutOff("half a ZIP", cut(sound, 50)));
        rows.add(cutOff("a ZIP without its last bytes", withoutLast(sound, 6)));
        rows.add(cutOff("a ZIP whose second half is zeros", zerosFrom(sound, 50)));
        rows.add(aside("a ZIP whose directory flipped", flip(sound, Bytes.find(sound, "PK\1\2", 0)), "DAMAGED_ARCHIVE|" + Why.CUT));
        rows.add(aside("a ZIP bomb", Zips.of("a.png", zeros(BOMB)), HARMFUL + "|" + OF_NO_USE));
        rows.add(aside("a ZIP bomb of many parts", bombs(), HARMFUL));
        rows.add(aside("a ZIP bomb that says it is small", Zips.of(Zips.file("a.png", zeros(BOMB)).size(400)), HARMFUL + "|" + OF_NO_USE));
        rows.add(aside("a ZIP bomb in a ZIP", Zips.of("inner.zip", Zips.of("a.png", zeros(BOMB))), OF_NO_USE + "|" + HARMFUL));
        rows.add(aside("a ZIP whose parts lie over each other", Zips.overlapping(Pngs.plain(334), 200), HARMFUL));
        rows.add(aside("a ZIP with 20,000 names", names(), "ARCHIVE_OF_TOO_MANY"));
        rows.add(Row.that("a letter of Word named .zip").drop("z.zip", Zips.docx()).aside("DOCUMENT|" + OF_NO_USE));
        return rows;
    }

    private static byte[] bombs() {
        Zips.Part one = Zips.file("a.png", zeros(BOMB / 10));
        Zips.Part[] parts = new Zips.Part[100];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = one.named(ascii(i + ".png"));
        }
        return Zips.of(parts);
    }

    private static byte[] names() {
        Zips.Part one = Zips.file("a.png", Pngs.plain(335));
        Zips.Part[] parts = new Zips.Part[20_000];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = one.named(ascii(i + ".png"));
        }
        return Zips.of(parts);
    }

    private static Row aside(String sentence, byte[] bytes, String codes) {
        return Row.that(sentence).drop("z.zip", bytes).aside(codes);
    }

    private static Row cutOff(String sentence, byte[] bytes) {
        return Row.that(sentence).drop("z.zip", bytes).aside(Why.CUT + "|DAMAGED_ARCHIVE");
    }
}
