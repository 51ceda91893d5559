package org.dropfolder.pipeline;

import java.util.Optional;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Training;
import org.dropfolder.preflight.Preflight;

/** Which trainings a person must allow. Thread safe. */
final class Consent {
    private final Ledger ledger;

    Consent(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Why a person must allow this training, if one must: the beginning of a sentence whose next words are its price. */
    Optional<String> needed(Dataset dataset, Training training, Spending spending) {
        if (training.approvedAt().isPresent()) {
            return Optional.empty();
        }
        if (!ledger.trainings().isWanted(training, spending.retrain())) {
            return Optional.of("as things are set now, this next version is not trained by itself. It");
        }
        return switch (spending.start().of(dataset)) {
            case AUTO -> Optional.empty();
            case CAREFUL -> findings(dataset, spending);
            case APPROVE -> Optional.of(dataset.overflowOf().map(id -> "it holds what found no room in " + ledger.datasets().nameOf(id) + ". It")
                .orElse("it"));
        };
    }

    private Optional<String> findings(Dataset dataset, Spending spending) {
        Preflight preflight = Preflight.of(ledger.pictures().of(dataset.id(), Preflight.MOST), spending.images());
        return preflight.serious() ? Optional.of("its pictures have " + preflight.summary() + " It") : Optional.empty();
    }
}
