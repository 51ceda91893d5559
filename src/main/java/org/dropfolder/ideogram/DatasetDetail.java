package org.dropfolder.ideogram;

import java.util.List;
import java.util.OptionalInt;

/** The answer of {@code GET /datasets/{dataset_id}}. [ref] */
public record DatasetDetail(
        Dataset dataset, OptionalInt fileCount, List<DatasetFile> files, List<String> customModelIds) {

    public DatasetDetail {
        Json.required("dataset", dataset);
        files = Json.list(files);
        customModelIds = Json.list(customModelIds);
    }

    /**
     * How many images are in the dataset: the files that are named like one. Whether {@code file_count} counts
     * captions too is open, so it speaks only where a name is missing.
     */
    public int imageCount() {
        boolean allNamed = !files.isEmpty() && files.stream().allMatch(file -> file.name().isPresent());
        if (allNamed) {
            return (int) files.stream().filter(DatasetFile::namedLikeAnImage).count();
        }
        return fileCount.orElse(files.size());
    }
}
