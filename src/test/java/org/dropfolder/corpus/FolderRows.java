package org.dropfolder.corpus;

import static org.dropfolder.corpus.Bytes.utf8;

import java.util.ArrayList;
import java.util.List;

/** Folders as people make them. */
final class FolderRows {
    private FolderRows() { }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        below(rows);
        spelled(rows);
        odd(rows);
        loose(rows);
        return rows;
    }

    private static void below(List<Row> rows) {
        rows.add(Row.that("a folder in a folder").drop("a/photo.png", Pngs.plain(250)).sentAs("photo.png"));
        rows.add(Row.that("a folder twelve folders deep").drop("a/b/c/d/e/f/g/h/i/j/k/l/photo.png", Pngs.plain(251)).sentAs("photo.png"));
        rows.add(Row.that("a folder with blanks below").drop("my best ones/photo.png", Pngs.plain(252)).sentAs("photo.png"));
        rows.add(Row.that("a folder below with a name that hurts").drop("a%2f\"'<b>😺/photo.png", Pngs.plain(253)).sentAs("photo.png"));
        rows.add(Row.that("a folder below that is called like an image").drop("photo.png/photo.png", Pngs.plain(254)).sentAs("photo.png"));
        rows.add(Row.that("a folder below that is called like another dataset").drop("{row}/photo.png", Pngs.plain(255)).sentAs("photo.png"));
        rows.add(Row.that("images above and below").drop("a.png", Pngs.plain(256)).sent().drop("b/b.png", Pngs.plain(257)).sent()
            .drop("b/c/c.png", Pngs.plain(258)).sent());
        rows.add(Row.that("a name of 255 bytes in a folder of 255 bytes").drop("f".repeat(255) + "/" + "n".repeat(251) + ".png", Pngs.plain(259))
            .sentAs("n".repeat(100) + ".png"));
        rows.add(Row.that("a hidden folder below").drop(".hidden/photo.png", Pngs.plain(260)).stays().drop("photo.png", Pngs.plain(261)).sent());
    }

    private static void spelled(List<Row> rows) {
        rows.add(Row.that("one folder in small letters and in capitals").drop("a.png", Pngs.plain(262)).sent()
            .drop("/{ROW}/b.png", Pngs.plain(263)).sent());
        rows.add(Row.that("one picture in a folder's two spellings").drop("a.png", Pngs.plain(264)).sent().onceSent(1)
            .drop("/{ROW}/b.png", Pngs.plain(264)).done());
        rows.add(Row.that("one folder with a letter of one sign and of two").drop("/{row} caf\u00e9/a.png", Pngs.plain(265)).sentAs("a.png")
            .drop("/{row} cafe\u0301/b.png", Pngs.plain(266)).sentAs("b.png"));
        rows.add(Row.that("a folder with blanks").drop("/{row} my cats/a.png", Pngs.plain(267)).sentAs("a.png"));
        rows.add(Row.that("a folder with letters of another tongue").drop("/{row} 猫/a.png", Pngs.plain(268)).sentAs("a.png"));
        rows.add(Row.that("a folder with a caption in its other spelling").drop("a.png", Pngs.plain(269)).sentAs("a.png").with("a cat")
            .drop("/{ROW}/a.txt", utf8("a cat")).done());
    }

    private static void odd(List<Row> rows) {
        rows.add(odd("too long for a model's name", "{row} " + "x".repeat(100)));
        rows.add(odd("of 255 bytes", "{row} " + "猫".repeat(82)));
        rows.add(odd("of signs only", "!!!"));
        rows.add(odd("of one letter", "x"));
        rows.add(odd("with a smile", "{row} 😺"));
        rows.add(odd("with a quote", "{row}'s \"best\""));
        rows.add(odd("with per cent signs", "{row} 100%25"));
        rows.add(odd("with a dash before it", "-{row}"));
        rows.add(odd("with a command to a database", "{row}'); DROP TABLE dataset;--"));
        rows.add(odd("with a place holder", "{row} {{dropfolder.inbox}} ${body}"));
        rows.add(odd("that ends in dots", "{row}..."));
        rows.add(odd("that is called like an image", "{row}.png"));
        rows.add(odd("that ends in a dot", "{row}."));
        rows.add(odd("like a device of Windows", "NUL"));
        rows.add(Row.that("a folder with a line's end in its name").drop("/{row}\nevil/a.png", Pngs.plain(270)).stays());
        rows.add(Row.that("a folder whose name is a blank").drop("/ /a.png", Pngs.plain(271)).stays());
    }

    private static void loose(List<Row> rows) {
        rows.add(Row.that("what lies in no folder goes to the dataset for that").drop("/loose.png", Pngs.plain(272)).sentAs("loose.png")
            .in("for the rest").with("loose").drop("/loose.txt", utf8("loose")).done().drop("/loose.heic", Others.brand("heic")).aside("HEIC"));
        rows.add(Row.that("what lies in no folder is set aside").strictly().drop("/loose.png", Pngs.plain(273)).aside("WITHOUT_FOLDER")
            .drop("/loose.txt", utf8("loose")).aside("WITHOUT_FOLDER").drop("/loose", Jpegs.baseline(274)).aside("WITHOUT_FOLDER")
            .drop("/.DS_Store", utf8("x")).stays());
    }

    private static Row odd(String what, String folder) {
        return Row.that("a folder " + what).drop("/" + folder + "/a.png", Pngs.plain(275)).sentAs("a.png");
    }
}
