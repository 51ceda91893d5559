package org.dropfolder.corpus;

import java.util.List;

/** Names that don't say what the file is: the name that is sent is put right. */
final class EndingRows {
    private EndingRows() { }

    static List<Row> rows() {
        return List.of(
            sent("a JPEG that is called PNG", "a.png", Jpegs.baseline(20), "a.jpg"),
            sent("a JPEG that is called WebP", "a.webp", Jpegs.baseline(21), "a.jpg"),
            sent("a PNG that is called JPEG", "a.jpg", Pngs.plain(22), "a.png"),
            sent("a PNG that is called HEIC", "a.heic", Pngs.plain(23), "a.png"),
            sent("a WebP that is called JPEG", "a.jpg", WebPs.lossy(), "a.webp"),
            sent("a WebP that is called PNG", "a.png", WebPs.lossless(20, 20, 2), "a.webp"),
            sent("a JPEG that is called TIFF", "a.tiff", Jpegs.baseline(24), "a.jpg"),
            sent("a PNG that is called PDF", "a.pdf", Pngs.plain(25), "a.png"),
            sent("a JPEG that is called ZIP", "a.zip", Jpegs.baseline(26), "a.jpg"),
            sent("a JPEG without an ending", "photo", Jpegs.baseline(27), "photo.jpg"),
            sent("a PNG without an ending", "picture", Pngs.plain(28), "picture.png"),
            sent("a WebP without an ending", "picture", WebPs.lossy(), "picture.webp"),
            sent("a JPEG with two endings", "a.png.jpg", Jpegs.baseline(29), "a.png.jpg"),
            sent("a JPEG called .jpeg", "a.jpeg", Jpegs.baseline(30), "a.jpeg"),
            sent("a JPEG called .JPG", "A.JPG", Jpegs.baseline(31), "A.JPG"),
            sent("a JPEG called .jfif", "a.jfif", Jpegs.baseline(32), "a.jpg"),
            sent("a PNG called .PNG", "A.PNG", Pngs.plain(33), "A.PNG"),
            sent("a name that ends in a dot", "photo.", Jpegs.baseline(34), "photo.jpg"),
            sent("a name with a dot that is no ending", "Mr. Smith", Jpegs.baseline(35), "Mr. Smith.jpg"),
            sent("a copy's name", "photo.jpg (1)", Jpegs.baseline(36), "photo.jpg (1).jpg"),
            sent("a JPEG with a number for an ending", "photo.001", Jpegs.baseline(37), "photo.jpg"),
            Row.that("a JPEG that is called text can't be a caption").drop("photo.txt", Jpegs.baseline(38)).aside("UNREADABLE_CAPTION"));
    }

    private static Row sent(String sentence, String name, byte[] bytes, String as) {
        return Row.that(sentence).drop(name, bytes).sentAs(as);
    }
}
