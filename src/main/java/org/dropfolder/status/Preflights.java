package org.dropfolder.status;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.folder.FolderTerms;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Picture;
import org.dropfolder.preflight.Preflight;

/**
 * What is told of datasets' pictures before they are paid for. Of the last datasets it is remembered until they change, since everything
 * that is shown asks again and again. Thread safe.
 */
final class Preflights {
    private static final int REMEMBERED = 500;

    private final Ledger ledger;
    private final int needed;
    private final FolderTerms folders;
    private final Map<Long, Remembered> reports = new LinkedHashMap<>(16, 0.75f, true);

    /** @param needed images that a training takes, at least */
    Preflights(Ledger ledger, int needed) {
        this.ledger = ledger;
        this.needed = needed;
        this.folders = new FolderTerms(ledger);
    }

    private record Remembered(long revision, Optional<PreflightReport> report) { }

    /** Of this dataset; nothing where no picture of it was measured. */
    Optional<PreflightReport> of(Dataset dataset) {
        long revision = ledger.changes().of(dataset.id());
        Optional<Remembered> before = remembered(dataset.id()).filter(report -> report.revision == revision);
        if (before.isPresent()) {
            return before.get().report;
        }
        List<Picture> pictures = ledger.pictures().of(dataset.id(), Preflight.MOST);
        boolean measured = pictures.stream().anyMatch(picture -> picture.look().isPresent());
        Optional<PreflightReport> report = measured ? Optional.of(PreflightReport.of(Preflight.of(pictures, folders.of(dataset).settings().images(needed)))) : Optional.empty();
        remember(dataset.id(), new Remembered(revision, report));
        return report;
    }

    private synchronized Optional<Remembered> remembered(long dataset) {
        return Optional.ofNullable(reports.get(dataset));
    }

    private synchronized void remember(long dataset, Remembered report) {
        reports.put(dataset, report);
        if (reports.size() > REMEMBERED) {
            reports.remove(reports.keySet().iterator().next());
        }
    }
}
