package org.dropfolder.pipeline;

import java.util.Optional;
import org.dropfolder.folder.Start;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.preflight.Preflight;

/** Which trainings a person must allow. Thread safe. */
final class Consent {
    private final Ledger ledger;

    Consent(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Why a person must allow the dataset's training, if one must: the beginning of a sentence whose next words are its price. */
    Optional<String> needed(Dataset dataset, Spending spending) {
        if (spending.start() == Start.APPROVE || dataset.trainsOnlyAfterApproval()) {
            return Optional.of(dataset.overflowOf().map(id -> "it holds what found no room in " + ledger.datasets().nameOf(id) + ". It")
                .orElse("it"));
        }
        return spending.start() == Start.CAREFUL ? findings(dataset, spending) : Optional.empty();
    }

    private Optional<String> findings(Dataset dataset, Spending spending) {
        Preflight preflight = Preflight.of(ledger.pictures().of(dataset.id(), Preflight.MOST), spending.images());
        return preflight.serious() ? Optional.of("its pictures have " + preflight.summary() + " It") : Optional.empty();
    }
}
