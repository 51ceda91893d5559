package org.dropfolder.corpus;

import static org.dropfolder.corpus.Bytes.ascii;

import java.util.ArrayList;
import java.util.List;
import org.dropfolder.corpus.Objects.Moment;

/** What only a bucket can have. */
final class BucketRows {
    private static final byte[] NOTHING = new byte[0];
    private static final String EITHER = "~photo(-[0-9a-f]{8})?\\.png";

    private BucketRows() { }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        folders(rows);
        keys(rows);
        uploads(rows);
        overwritten(rows);
        appearing(rows);
        return rows;
    }

    private static void folders(List<Row> rows) {
        rows.add(beside("objects that consoles make for folders").drop("/{row}/", NOTHING).stays().drop("below/", NOTHING).stays()
            .drop("below/photo.png", Pngs.plain(502)).sentAs(EITHER));
        rows.add(beside("bytes under a folder's key").drop("photo/", Pngs.plain(501)).stays());
        rows.add(beside("a folder without a name").drop("a//b.png", Pngs.plain(501)).stays());
        rows.add(beside("folders called . and ..").drop("./a.png", Pngs.plain(501)).stays().drop("../a.png", Pngs.plain(501)).stays()
            .drop("a/.", Pngs.plain(501)).stays().drop("a/..", Pngs.plain(501)).stays());
        rows.add(beside("a slash before all").drop("//{row}/a.png", Pngs.plain(501)).stays());
        rows.add(Row.that("an object and a folder of one name").drop("a.png", Pngs.plain(503)).sent().drop("a.png/b.png", Pngs.plain(504)).sentAs("b.png"));
        rows.add(beside("a folder whose name no disk would take").drop("/{row} " + "f".repeat(300) + "/a.png", Pngs.plain(501)).stays());
        rows.add(Row.that("a folder below whose name no disk would take").drop("f".repeat(300) + "/a.png", Pngs.plain(505)).sentAs("a.png"));
    }

    private static void keys(List<Row> rows) {
        rows.add(Row.that("a key with every sign of the keyboard").drop("a &$@=;:+,?\\^`{}%[]\"~<>#|'!*()-_.png", Pngs.plain(510)).sentAs("~a .*\\.png"));
        rows.add(Row.that("the same in a folder's name").drop("/{row} &$@=;:+,?\\^`{}%[]\"~<>#|'!*()-_/a.png", Pngs.plain(511)).sentAs("a.png"));
        rows.add(Row.that("a key that is encoded already").drop("a%2Fb+c%20d%00.png", Pngs.plain(512)).sentAs("a_2Fb_c_20d_00.png"));
        rows.add(Row.that("a key with signs that nobody sees").drop("a\u007fb\u0085c\u200bd\t.png", Pngs.plain(513)).sentAs("~a.*\\.png"));
        rows.add(Row.that("a key of 1,024 bytes in one name").drop("k".repeat(1024 - 23) + ".png", Pngs.plain(514)).sentAs("k".repeat(100) + ".png"));
        rows.add(Row.that("a key of 1,024 bytes in 500 folders").drop("f/".repeat(500) + "1.png", Pngs.plain(515)).sentAs("1.png"));
        rows.add(Row.that("three keys that differ in capitals and in how a letter is written").drop("Caf\u00e9.png", Pngs.plain(516)).sentAs("~Caf\u00e9(-[0-9a-f]{8})?\\.png")
            .drop("caf\u00e9.png", Pngs.plain(517)).sentAs("~caf\u00e9(-[0-9a-f]{8})?\\.png").drop("cafe\u0301.png", Pngs.plain(518)).sentAs("~caf\u00e9(-[0-9a-f]{8})?\\.png"));
    }

    private static void uploads(List<Row> rows) {
        byte[] picture = Pngs.plain(520);
        rows.add(Row.that("a picture that came in parts").inBucket((bucket, folder) -> bucket.putInParts(folder + "photo.png", picture))
            .file("photo.png", picture).sent());
        rows.add(Row.that("one picture at once and in parts").drop("photo.png", picture).sent().onceSent(1)
            .inBucket((bucket, folder) -> bucket.putInParts(folder + "again.png", picture)).file("again.png", picture).done());
        rows.add(Row.that("a ZIP that came in parts").inBucket((bucket, folder) -> bucket.putInParts(folder + "photos.zip",
            Zips.of(Zips.file("a.png", picture)))).file("photos.zip", Zips.of(Zips.file("a.png", picture))).done().part(picture).sentAs("a.png"));
    }

    private static void overwritten(List<Row> rows) {
        byte[] longer = Pngs.of(Paint.noise(30, 30));
        rows.add(over("a picture over another while that is read", Moment.READ, longer).sent());
        rows.add(over("a picture of the same length over another while that is read", Moment.READ, second()).sent());
        rows.add(over("a picture over another before that is copied", Moment.COPY, longer).sent());
        rows.add(over("a picture of the same length over another before that is copied", Moment.COPY, second()).sent());
        rows.add(over("a picture over another once that is copied", Moment.COPIED, longer).sentAs(EITHER).file("", first()).sentAs(EITHER));
        rows.add(over("a picture of the same length over another once that is copied", Moment.COPIED, second()).sentAs(EITHER)
            .file("", first()).sentAs(EITHER));
    }

    private static void appearing(List<Row> rows) {
        rows.add(Row.that("objects that appear while the inbox is listed").drop("m.png", Pngs.plain(530)).sent()
            .inBucket((bucket, folder) -> bucket.onceListed(() -> {
                bucket.put(folder + "0.png", Pngs.plain(531));
                bucket.put(folder + "z.png", Pngs.plain(532));
            })).file("0.png", Pngs.plain(531)).sent().file("z.png", Pngs.plain(532)).sent());
    }

    /** What follows stays where it is, and a photo beside it is sent. */
    private static Row beside(String what) {
        return Row.that(what).drop("photo.png", Pngs.plain(500)).sentAs(EITHER);
    }

    /** Drops a picture over which another is put at that moment. */
    private static Row over(String what, Moment moment, byte[] other) {
        return Row.that(what).inBucket((bucket, folder) -> bucket.once(moment, folder + "photo.png", () -> bucket.put(folder + "photo.png", other)))
            .drop("photo.png", first()).file("photo.png", other);
    }

    private static byte[] first() {
        return Pngs.with(540, Pngs.chunk("puFf", ascii("the first")));
    }

    private static byte[] second() {
        return Pngs.with(540, Pngs.chunk("puFf", ascii("the other")));
    }
}
