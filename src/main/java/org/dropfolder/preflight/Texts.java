package org.dropfolder.preflight;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.Picture;

/** What speaks against the captions. Where none has any, that is a choice. */
final class Texts {
    /** Some pictures may be described alike. */
    private static final int MANY = 3;
    private static final double MOST = 0.5;
    /** In characters: some 250 words' parts, of which models that read text take one to five hundred. */
    private static final int LONG = 1_000;

    private Texts() { }

    static Stream<Finding> of(List<Picture> all) {
        return Stream.of(missing(all), same(all), tooLong(all)).flatMap(Optional::stream);
    }

    private static Optional<Finding> missing(List<Picture> all) {
        List<Asset> some = all.stream().filter(picture -> picture.caption().isEmpty()).map(Picture::image).toList();
        return some.isEmpty() || some.size() == all.size() ? Optional.empty() : Optional.of(new Finding(Finding.Kind.NO_CAPTION, false, List.of(some),
            Sight.count(some.size(), "has", "have") + " no caption, though others have.",
            "Describe all or none: beside a picture drop a text file of the same name, before it is sent."));
    }

    private static Optional<Finding> same(List<Picture> all) {
        Map<String, List<Asset>> byText = all.stream().filter(picture -> picture.caption().isPresent()).collect(Collectors.groupingBy(
            picture -> picture.caption().get().strip().toLowerCase(Locale.ROOT), LinkedHashMap::new, Collectors.mapping(Picture::image, Collectors.toList())));
        int captions = byText.values().stream().mapToInt(List::size).sum();
        return byText.values().stream().max(Comparator.comparingInt(List::size))
            .filter(most -> most.size() >= MANY && Sight.isShare(most, captions, MOST))
            .map(most -> new Finding(Finding.Kind.SAME_CAPTION, false, List.of(most), most.size() + " pictures have the same caption.",
                "Say in each what is in this one: what all share the model learns by itself."));
    }

    private static Optional<Finding> tooLong(List<Picture> all) {
        List<Asset> some = all.stream().filter(picture -> picture.caption().filter(text -> text.length() > LONG).isPresent()).map(Picture::image).toList();
        return some.isEmpty() ? Optional.empty() : Optional.of(new Finding(Finding.Kind.LONG_CAPTION, false, List.of(some),
            Sight.count(some.size(), "has", "have") + " a caption of more than 1,000 characters: its end may count for nothing.",
            "Say what matters first, in a few sentences."));
    }
}
