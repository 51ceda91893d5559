package org.dropfolder.status;

import org.dropfolder.folder.FolderTerms;
import org.dropfolder.folder.Start;
import org.dropfolder.ledger.Dataset;

/** Which trainings a person must allow. Thread safe. */
final class Approvals {
    private final Rules rules;
    private final Preflights preflights;
    private final FolderTerms folders;

    Approvals(Rules rules, Preflights preflights, FolderTerms folders) {
        this.rules = rules;
        this.preflights = preflights;
        this.folders = folders;
    }

    /** Whether this dataset's next one must be allowed, whatever was allowed before. */
    boolean needed(Dataset dataset) {
        Start start = folders.of(dataset).settings().start(rules.spending().start());
        return start == Start.APPROVE || dataset.trainsOnlyAfterApproval() || start == Start.CAREFUL && forFindings(dataset);
    }

    /** What nobody measured nobody knows: as the start itself sees it. */
    private boolean forFindings(Dataset dataset) {
        return preflights.of(dataset).map(PreflightReport::serious).orElse(true);
    }
}
