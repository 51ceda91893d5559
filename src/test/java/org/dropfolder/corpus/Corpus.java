package org.dropfolder.corpus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What people really drop: all rows, each numbered. */
public final class Corpus {
    private static final Set<String> LATER = Set.of("damaged", "convertible", "of no use", "archives", "broken archives",
        "more than 100");
    private static final Set<String> ROWS = Set.of("a WebP that moves becomes a PNG of its first picture", "a name with 255 bytes without an ending",
        "a folder with a caption in its other spelling", "what lies in no folder goes to the dataset for that",
        "a caption of an image that can't be used", "a caption of half an image");

    private Corpus() { }

    private static boolean waits(Row row) {
        return LATER.contains(row.group()) || ROWS.contains(row.sentence());
    }

    /** Made anew at each call. */
    public static List<Row> rows() {
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        groups.put("images", ImageRows.rows());
        groups.put("endings", EndingRows.rows());
        groups.put("damaged", DamagedRows.rows());
        groups.put("convertible", ConvertibleRows.rows());
        groups.put("of no use", AsideRows.rows());
        groups.put("captions", CaptionRows.rows());
        groups.put("names", NameRows.rows());
        groups.put("folders", FolderRows.rows());
        groups.put("archives", ArchiveRows.rows());
        groups.put("broken archives", BrokenArchiveRows.rows());
        groups.put("more than 100", FullRows.rows());
        groups.put("on a disk", DiskRows.rows());
        List<Row> all = new ArrayList<>();
        groups.forEach((group, rows) -> rows.forEach(row -> all.add(row.at(all.size() + 1, group))));
        if (!Boolean.getBoolean("corpus.all")) {
            all.stream().filter(Corpus::waits).forEach(Row::later);
        }
        String some = System.getProperty("corpus.groups", "");
        return some.isEmpty() ? all : all.stream().filter(row -> List.of(some.split(",")).contains(row.group())).toList();
    }
}
