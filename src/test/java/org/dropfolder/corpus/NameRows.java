package org.dropfolder.corpus;

import java.util.ArrayList;
import java.util.List;

/** Names that hurt programs: each file is sent under a safe one. */
final class NameRows {
    private NameRows() { }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        signs(rows);
        invisible(rows);
        injections(rows);
        lengths(rows);
        same(rows);
        return rows;
    }

    private static void signs(List<Row> rows) {
        rows.add(sent("blanks", "my  photo (1).png", "my  photo (1).png"));
        rows.add(sent("blanks around", " photo .png", "photo.png"));
        rows.add(sent("quotes", "a\"b'c`d.png", "a_b_c_d.png"));
        rows.add(sent("per cent signs", "100%25%2e%2e.png", "100_25_2e_2e.png"));
        rows.add(sent("a sign of a smile", "cat😺.png", "cat_.png"));
        rows.add(sent("a family of five signs", "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67.png", "___.png"));
        rows.add(sent("a dash before it", "-rf.png", "rf.png"));
        rows.add(sent("two dashes before it", "--help.png", "help.png"));
        rows.add(sent("a plus and a hash", "a+b#c&d=e;f.png", "a_b_c_d_e_f.png"));
        rows.add(sent("a backslash", "a\\b\\c.png", "a_b_c.png"));
        rows.add(sent("a question", "what?*<>|.png", "what_____.png"));
        rows.add(sent("a colon, as Macs write a slash", "a:b.png", "a_b.png"));
        rows.add(sent("letters of Greek", "γάτα.png", "γάτα.png"));
        rows.add(sent("letters of Chinese", "猫.png", "猫.png"));
        rows.add(sent("letters of Hindi", "बिल्ली.png", "बिल्ली.png"));
        rows.add(sent("letters of Arabic", "قطة.png", "قطة.png"));
        rows.add(sent("letters of two signs each", "Kafe\u0301 Mu\u0308ller.png", "Kaf\u00e9 M\u00fcller.png"));
        rows.add(sent("only signs", "!!!.png", "___.png"));
        rows.add(sent("only underlines", "___.png", "___.png"));
        rows.add(sent("only a dash", "-.png", "image.png"));
        rows.add(sent("only a blank", " .png", "image.png"));
        rows.add(sent("a dollar and braces", "${jndi:ldap:x}.png", "__jndi_ldap_x_.png"));
    }

    private static void invisible(List<Row> rows) {
        rows.add(sent("a mark that turns its end round", "photo\u202Egnp.exe.png", "photognp.exe.png"));
        rows.add(sent("marks of direction", "\u200Fa\u200E\u2066b\u2069.png", "ab.png"));
        rows.add(sent("a mark of the order of bytes", "\uFEFFphoto.png", "photo.png"));
        rows.add(sent("blanks of no width", "pho\u200Bto.png", "photo.png"));
        rows.add(sent("a line's end", "a\nb.png", "ab.png"));
        rows.add(sent("a line's end and a header", "a\r\nX-Evil: 1\r\n\r\nb.png", "aX-Evil_ 1b.png"));
        rows.add(sent("a tab", "a\tb.png", "ab.png"));
        rows.add(sent("a sign that ends a terminal's title", "a\u001b]0;evil\u0007b.png", "a_0_evilb.png"));
        rows.add(sent("a line's end of Unicode", "a\u2028b\u2029c.png", "a_b_c.png"));
        rows.add(sent("a blank that does not break", "a\u00a0b.png", "a_b.png"));
    }

    private static void injections(List<Row> rows) {
        rows.add(sent("a command to a database", "'); DROP TABLE asset;--.png", "'); DROP TABLE asset;--.png".replaceAll("[';]", "_")));
        rows.add(sent("a script of a page", "<script>alert(1)<.script>.png", "_script_alert(1)_.script_.png"));
        rows.add(sent("a line of a log", "a\n2026-01-01 ERROR all is lost.png", "a2026-01-01 ERROR all is lost.png"));
        rows.add(sent("a header's quote", "a\"; filename=\"b.txt.png", "a__ filename=_b.txt.png".replace("=", "_")));
        rows.add(sent("a way up", "a..%2f..%2fetc.png", "a.._2f.._2fetc.png"));
        rows.add(sent("dots of a way up", "a..b...png", "a..b.png"));
        rows.add(sent("a format's sign", "%s%n%d{}.png", "_s_n_d__.png"));
        rows.add(sent("a place holder", "{{env:HOME}} ${HOME} $(id) `id`.png", "__env_HOME__ __HOME_ _(id) _id_.png"));
        rows.add(sent("a device of Windows", "CON.png", "CON.png"));
        rows.add(sent("another device of Windows", "lpt1.png", "lpt1.png"));
        rows.add(sent("a note's name", "photo.reason.txt.png", "photo.reason.txt.png"));
        rows.add(sent("a number like ours", "17-photo.png", "17-photo.png"));
    }

    private static void lengths(List<Row> rows) {
        rows.add(sent("255 bytes", "x".repeat(251) + ".png", "x".repeat(100) + ".png"));
        rows.add(sent("255 bytes in 85 letters", "猫".repeat(83) + ".png", "猫".repeat(83) + ".png"));
        rows.add(sent("255 bytes of smiles", "😺".repeat(62) + ".png", "_".repeat(62) + ".png"));
        rows.add(sent("255 bytes without an ending", "x".repeat(255), "x".repeat(100) + ".png"));
        rows.add(sent("an ending that is too long for one", "a." + "e".repeat(40), "a." + "e".repeat(40) + ".png"));
        rows.add(sent("one letter", "a", "a.png"));
        rows.add(Row.that("a caption and an image with 255 bytes").drop("y".repeat(251) + ".png", Pngs.plain(230)).sentAs("y".repeat(100) + ".png")
            .with("long").drop("y".repeat(251) + ".txt", Bytes.utf8("long")).done());
    }

    private static void same(List<Row> rows) {
        String either = "~photo(-[0-9a-f]{8})?\\.png";
        rows.add(Row.that("one name in two folders, and different pictures").drop("a/photo.png", Pngs.plain(231)).sentAs(either)
            .drop("b/photo.png", Pngs.plain(232)).sentAs(either));
        rows.add(Row.that("one name twice, one after the other").drop("photo.png", Pngs.plain(233)).sent()
            .onceSent(1).drop("photo.png", Pngs.plain(234)).sentAs("~photo-[0-9a-f]{8}\\.png"));
        rows.add(Row.that("one name twice, with a caption each").drop("photo.png", Pngs.plain(235)).sent().with("one").drop("photo.txt", Bytes.utf8("one")).done()
            .onceSent(1).drop("photo.png", Pngs.plain(236)).sentAs("~photo-[0-9a-f]{8}\\.png").with("two").drop("photo.txt", Bytes.utf8("two")).done());
        rows.add(Row.that("one picture under two names").drop("a.png", Pngs.plain(237)).sentAs("~[ab]\\.png").drop("b.png", Pngs.plain(237)).done());
        rows.add(Row.that("one picture in two folders").drop("a/photo.png", Pngs.plain(238)).sentAs("photo.png").drop("b/photo.png", Pngs.plain(238)).done());
        rows.add(Row.that("one picture again, days later").drop("photo.png", Pngs.plain(239)).sent().onceSent(1).drop("photo.png", Pngs.plain(239)).done());
        rows.add(Row.that("two names that become one when made safe").drop("a+b.png", Pngs.plain(240)).sentAs("~a_b(-[0-9a-f]{8})?\\.png")
            .drop("a&b.png", Pngs.plain(241)).sentAs("~a_b(-[0-9a-f]{8})?\\.png"));
        rows.add(Row.that("two names that differ in capitals").drop("Photo.png", Pngs.plain(242)).sentAs("~Photo(-[0-9a-f]{8})?\\.png")
            .drop("photo.png", Pngs.plain(243)).sentAs("~photo(-[0-9a-f]{8})?\\.png"));
        rows.add(Row.that("two names that differ in their ending").drop("photo.png", Pngs.plain(244)).sentAs(either)
            .drop("photo.jpg", Jpegs.baseline(245)).sentAs("~photo(-[0-9a-f]{8})?\\.jpg"));
        rows.add(Row.that("two long names that differ at their end").drop("x".repeat(200) + "1.png", Pngs.plain(246)).sentAs("~x{91,100}(-[0-9a-f]{8})?\\.png")
            .drop("x".repeat(200) + "2.png", Pngs.plain(247)).sentAs("~x{91,100}(-[0-9a-f]{8})?\\.png"));
    }

    private static Row sent(String what, String name, String as) {
        return Row.that("a name with " + what).drop(name, Pngs.plain(220)).sentAs(as);
    }
}
