package org.dropfolder.status;

import java.util.List;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.preflight.Finding;
import org.dropfolder.preflight.Preflight;

/**
 * What the pictures of a dataset say together, for people and programs.
 *
 * @param summary  all of it in one line
 * @param serious  whether a careful start waits for a person
 * @param findings the serious ones first
 */
public record PreflightReport(String summary, boolean serious, List<OfFinding> findings) {

    static PreflightReport of(Preflight preflight) {
        return new PreflightReport(preflight.summary(), preflight.serious(), preflight.findings().stream().map(OfFinding::of).toList());
    }

    /**
     * Something that speaks against a good model.
     *
     * @param kind   one of {@link Finding.Kind}
     * @param what   it is, in a sentence
     * @param advice what to do
     * @param groups its pictures; of one kind only twins have several
     */
    public record OfFinding(String kind, boolean serious, String what, String advice, List<List<Card.Image>> groups) {

        static OfFinding of(Finding finding) {
            return new OfFinding(finding.kind().name(), finding.serious(), finding.what(), finding.advice(),
                finding.groups().stream().map(group -> group.stream().map(OfFinding::image).toList()).toList());
        }

        private static Card.Image image(Asset asset) {
            return new Card.Image(asset.id(), asset.name(), asset.sha256(), asset.state() == AssetState.UPLOADED);
        }
    }
}
