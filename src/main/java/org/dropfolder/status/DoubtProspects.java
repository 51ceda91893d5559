package org.dropfolder.status;

import java.util.Optional;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Doubt;
import org.dropfolder.ledger.Ledger;

/** What becomes of something that may have happened. Thread safe. */
final class DoubtProspects {
    private final Ledger ledger;
    private final Rules rules;

    DoubtProspects(Ledger ledger, Rules rules) {
        this.ledger = ledger;
        this.rules = rules;
    }

    /** @param why what may have happened, and how the doubt came */
    Prospect of(Dataset dataset, Doubt.What what, String why) {
        Optional<Doubt> doubt = ledger.doubts().of(dataset.id()).stream().filter(each -> each.what() == what).findFirst();
        return doubt.flatMap(Doubt::nextLook)
            .map(at -> Prospect.look(Optional.of(at), why, "Nothing is sent twice: the server looks for it at Ideogram first."))
            .orElseGet(() -> Prospect.of(why, "You decide: look into the account at Ideogram whether it is there. If it is not: "
                + rules.command("retry", dataset.name())));
    }
}
