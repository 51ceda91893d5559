package org.dropfolder.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropfolder.ideogram.DatasetDetail;
import org.dropfolder.ideogram.DatasetFile;
import org.dropfolder.image.FileNames;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what waits with what the dataset has, which others fill too, or which we filled ourselves before the ledger was
 * lost. Thread safe.
 */
public final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final int HASH_IN_NAME = 8;

    private final Ledger ledger;
    private final Places places;

    public Reconciler(Ledger ledger, Places places) {
        this.ledger = ledger;
        this.places = places;
    }

    /**
     * What waits and is listed under a name that we would have given it, with its size to the byte, is there and is not
     * sent. Any other whose name is listed gets another one: by its stem, since captions are matched by stem.
     *
     * @return what is to be moved now
     */
    public List<Asset> reconcile(Dataset dataset, DatasetDetail listing) {
        Set<String> stems = listing.files().stream().flatMap(file -> file.name().stream()).map(Reconciler::stem)
            .collect(Collectors.toSet());
        List<Asset> moves = new ArrayList<>();
        int there = 0;
        for (Asset image : ledger.assets().waiting(dataset.id())) {
            if (listing.files().stream().anyMatch(file -> is(image, file))) {
                there++;
                moves.addAll(ledger.finds().listed(image, places.of(dataset)));
            } else if (stems.contains(stem(sentName(image)))) {
                ledger.finds().rename(image, names(image).filter(name -> !stems.contains(stem(name))).toList());
            }
        }
        if (there > 0) {
            LOG.info("{}: {} that waited here, by name and size, in the dataset already: not sent again", dataset.name(),
                Words.images(there));
        }
        return moves;
    }

    private static boolean is(Asset image, DatasetFile file) {
        return file.size().orElse(-1) == image.size() && file.name().filter(name -> names(image).anyMatch(name::equals)).isPresent();
    }

    /** Its name, and those that it gets where that is taken; the last makes even a hostile listing no obstacle. */
    private static Stream<String> names(Asset image) {
        String own = sentName(image);
        return Stream.of(own, FileNames.numbered(own, image.sha256().substring(0, HASH_IN_NAME)),
            FileNames.numbered(own, image.sha256()), FileNames.numbered(own, image.sha256() + "-" + image.id()));
    }

    private static String sentName(Asset image) {
        return image.sentName().orElseThrow();
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name).toLowerCase(Locale.ROOT);
    }
}
