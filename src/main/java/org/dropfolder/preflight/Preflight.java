package org.dropfolder.preflight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.Picture;

/**
 * What can be known of a dataset before it is paid for.
 *
 * @param findings the serious ones first
 * @param pictures that were looked at together
 */
public record Preflight(List<Finding> findings, int pictures) {
    /** A dataset holds no more, so no more are looked at together. */
    public static final int MOST = 100;
    /** Where so many could not be measured, nobody knows what is in them. */
    private static final double UNKNOWN = 0.5;

    /**
     * Looks at a dataset's pictures together.
     *
     * @param needed different pictures that a training takes, at least
     */
    public static Preflight of(List<Picture> pictures, int needed) {
        List<Sight> seen = new ArrayList<>();
        List<Asset> unseen = new ArrayList<>();
        pictures.forEach(picture -> Sight.of(picture).ifPresentOrElse(seen::add, () -> unseen.add(picture.image())));
        List<Finding> findings = Stream.of(Twins.of(seen, pictures.size(), needed).stream(), Shapes.of(seen), Exposure.of(seen),
                Screenshots.of(seen).stream(), Texts.of(pictures), unmeasured(unseen, pictures.size()).stream())
            .flatMap(part -> part).sorted(Comparator.comparing((Finding finding) -> !finding.serious()).thenComparing(Finding::kind)).toList();
        return new Preflight(findings, pictures.size());
    }

    private static Optional<Finding> unmeasured(List<Asset> some, int of) {
        return some.isEmpty() ? Optional.empty() : Optional.of(new Finding(Finding.Kind.UNMEASURED, Sight.isShare(some, of, UNKNOWN), List.of(some),
            Sight.count(some.size(), "was", "were") + " not measured: too large for the memory, in printers' colours, "
                + "or here before images were measured.",
            "Look at them yourself."));
    }

    /** Whether a careful start waits for a person. */
    public boolean serious() {
        return findings.stream().anyMatch(Finding::serious);
    }

    /** All of it in one line. */
    public String summary() {
        if (findings.isEmpty()) {
            return "Nothing speaks against " + (pictures == 1 ? "the 1 picture." : "these " + pictures + " pictures.");
        }
        long serious = findings.stream().filter(Finding::serious).count();
        Map<Finding.Kind, Integer> counts = new LinkedHashMap<>();
        findings.forEach(finding -> counts.merge(finding.kind(), finding.pictures().size(), Integer::sum));
        String words = counts.entrySet().stream().map(kind -> kind.getKey().words() + " (" + kind.getValue() + ")").collect(Collectors.joining(", "));
        return (findings.size() == 1 ? "1 finding" : findings.size() + " findings") + (serious == 0 ? "" : ", " + serious + " serious") + ": " + words + ".";
    }
}
