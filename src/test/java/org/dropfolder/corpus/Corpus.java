package org.dropfolder.corpus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What people really drop: all rows, each numbered. */
public final class Corpus {
    private Corpus() { }

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
        return numbered(groups, 1);
    }

    /** What only a bucket can have; none of it is among {@link #rows}. Made anew at each call. */
    public static List<Row> bucketRows() {
        return numbered(Map.of("in a bucket", BucketRows.rows()), 901);
    }

    private static List<Row> numbered(Map<String, List<Row>> groups, int first) {
        List<Row> all = new ArrayList<>();
        groups.forEach((group, rows) -> rows.forEach(row -> all.add(row.at(all.size() + first, group))));
        String some = System.getProperty("corpus.groups", "");
        return some.isEmpty() ? all : all.stream().filter(row -> List.of(some.split(",")).contains(row.group())).toList();
    }
}
