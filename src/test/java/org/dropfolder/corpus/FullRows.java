package org.dropfolder.corpus;

import java.util.ArrayList;
import java.util.List;

/** More images than a dataset holds. */
final class FullRows {
    private static final int HOLDS = 100;

    private FullRows() { }

    static List<Row> rows() {
        return List.of(
            folder("105 images, and the rest set aside", 105, "DATASET_FULL").strictly(),
            folder("105 images, and the rest in a next dataset", 105, "{row} 2"),
            folder("just 100 images", HOLDS, "DATASET_FULL"),
            later("100 images, and 3 more later, set aside", "DATASET_FULL").strictly(),
            later("100 images, and 3 more later, in a next dataset", "{row} 2"),
            archive("a ZIP of 120 images, and the rest set aside", 120, "DATASET_FULL").strictly(),
            archive("a ZIP of 120 images, and the rest in a next dataset", 120, "{row} 2"));
    }

    private static Row folder(String sentence, int count, String others) {
        Row row = Row.that(sentence);
        List<byte[]> images = images(0, count);
        for (int i = 0; i < count; i++) {
            row.drop(i + ".png", images.get(i));
        }
        return row.full(images, HOLDS, others);
    }

    private static Row later(String sentence, String others) {
        Row row = folder(sentence, HOLDS, others).onceSent(HOLDS);
        List<byte[]> more = images(HOLDS, 3);
        for (int i = 0; i < more.size(); i++) {
            row.drop("later " + i + ".png", more.get(i));
        }
        return row.full(more, 0, others);
    }

    private static Row archive(String sentence, int count, String others) {
        List<byte[]> images = images(0, count);
        Object[] parts = new Object[count * 2];
        for (int i = 0; i < count; i++) {
            parts[i * 2] = i + ".png";
            parts[i * 2 + 1] = images.get(i);
        }
        return Row.that(sentence).drop("z.zip", Zips.of(parts)).done().full(images, HOLDS, others);
    }

    private static List<byte[]> images(int from, int count) {
        List<byte[]> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(Pngs.plain(1000 + from + i));
        }
        return images;
    }
}
