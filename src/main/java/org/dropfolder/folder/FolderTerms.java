package org.dropfolder.folder;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.dropfolder.image.FileNames;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.FolderFile;
import org.dropfolder.ledger.Ledger;

/** Knows what datasets' folders say of their trainings, as it was read last. Thread safe. */
public final class FolderTerms {
    private final Ledger ledger;

    public FolderTerms(Ledger ledger) {
        this.ledger = ledger;
    }

    /** What this dataset's say; for what found no room in another, those of that one. */
    public Terms of(Dataset dataset) {
        return of(dataset, ledger.folderFiles()::of);
    }

    /** The same for all datasets, with one question in all. */
    public Map<Long, Terms> of(List<Dataset> datasets) {
        Map<Long, List<FolderFile>> files = ledger.folderFiles().all().stream().collect(Collectors.groupingBy(FolderFile::datasetId));
        return datasets.stream().collect(Collectors.toMap(Dataset::id, dataset -> of(dataset, id -> files.getOrDefault(id, List.of()))));
    }

    private static Terms of(Dataset dataset, LongFunction<List<FolderFile>> files) {
        List<FolderFile> own = files.apply(dataset.id());
        if (!own.isEmpty()) {
            return read(own);
        }
        return dataset.overflowOf().map(first -> read(files.apply(first))).orElse(Terms.NONE);
    }

    private static Terms read(List<FolderFile> files) {
        if (files.isEmpty()) {
            return Terms.NONE;
        }
        Optional<String> trouble = files.stream().flatMap(file -> file.trouble().stream()).findFirst();
        if (trouble.isPresent()) {
            return Terms.barred(trouble.get());
        }
        if (files.size() > 1) {
            return Terms.barred("Could not use dropfolder.yaml: there are " + files.size() + ", " + files.stream()
                .map(file -> FileNames.printable(file.source())).collect(Collectors.joining(" and "))
                + ". Keep one of them. Until then nothing is trained; images go on.");
        }
        return Terms.of(files.get(0).settings().map(FolderSettings::of).orElse(FolderSettings.NONE));
    }
}
