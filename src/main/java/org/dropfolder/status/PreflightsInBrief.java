package org.dropfolder.status;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Picture;
import org.dropfolder.preflight.Preflight;

/**
 * What is told of the pictures of all datasets at once, with one question in all. It is remembered of each until it changes, and not
 * many are looked at for one answer, the newest first: the next answers know of more. Thread safe.
 */
final class PreflightsInBrief {
    private static final int AT_ONCE = 200;

    private final Ledger ledger;
    private final Map<Long, Remembered> known = new ConcurrentHashMap<>();

    PreflightsInBrief(Ledger ledger) {
        this.ledger = ledger;
    }

    private record Remembered(long revision, Optional<Status.OfPictures> pictures) { }

    /**
     * By datasets' ids; without those of which no picture was measured, and those that were not looked at yet.
     *
     * @param revisions of the datasets' last changes, by their ids
     * @param needed    images that a dataset's training takes, at least
     */
    Map<Long, Status.OfPictures> of(List<Dataset> datasets, Map<Long, Long> revisions, ToIntFunction<Dataset> needed) {
        List<Dataset> changed = new ArrayList<>(datasets.stream().filter(dataset -> !isKnown(dataset.id(), revisions)).toList());
        List<Dataset> now = changed.subList(Math.max(0, changed.size() - AT_ONCE), changed.size());
        if (!now.isEmpty()) {
            Map<Long, List<Picture>> pictures = ledger.pictures().of(now.stream().map(Dataset::id).toList()).stream()
                .collect(Collectors.groupingBy(picture -> picture.image().datasetId()));
            now.forEach(dataset -> known.put(dataset.id(), new Remembered(revisions.getOrDefault(dataset.id(), 0L),
                together(pictures.getOrDefault(dataset.id(), List.of()), needed.applyAsInt(dataset)))));
        }
        Map<Long, Status.OfPictures> told = new HashMap<>();
        datasets.stream().filter(dataset -> isKnown(dataset.id(), revisions))
            .forEach(dataset -> known.get(dataset.id()).pictures.ifPresent(pictures -> told.put(dataset.id(), pictures)));
        return told;
    }

    private boolean isKnown(long dataset, Map<Long, Long> revisions) {
        Remembered before = known.get(dataset);
        return before != null && before.revision == revisions.getOrDefault(dataset, 0L);
    }

    private static Optional<Status.OfPictures> together(List<Picture> pictures, int needed) {
        return pictures.stream().noneMatch(picture -> picture.look().isPresent()) ? Optional.empty()
            : Optional.of(Status.OfPictures.of(Preflight.of(pictures.subList(0, Math.min(pictures.size(), Preflight.MOST)), needed)));
    }
}
