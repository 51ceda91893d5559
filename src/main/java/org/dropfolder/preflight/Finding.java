package org.dropfolder.preflight;

import java.util.List;
import org.dropfolder.ledger.Asset;

/**
 * Something that speaks against a good model.
 *
 * @param serious whether a careful start waits for a person because of it
 * @param groups  the pictures that it is about, none of them empty; of one kind only twins have several
 * @param what    it is, in a sentence
 * @param advice  what to do, in another
 */
public record Finding(Kind kind, boolean serious, List<List<Asset>> groups, String what, String advice) {

    /** What it is about, in the order in which it is told. */
    public enum Kind {
        TWINS("near-twins"), SMALL("small"), BLURRED("blurred"), EMPTY("nearly empty"), DARK("underexposed"), BRIGHT("overexposed"),
        PROPORTIONS("mixed proportions"), SCREENSHOTS("screenshots"), TRANSPARENT("transparent"), TURNED("turned by Exif"),
        NO_CAPTION("captions missing"), SAME_CAPTION("one caption for many"), LONG_CAPTION("long captions"), UNMEASURED("not measured");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** It in a word or two, for a list. */
        public String words() {
            return words;
        }
    }

    /** In one group. */
    static Finding of(Kind kind, boolean serious, List<Sight> sights, String what, String advice) {
        return new Finding(kind, serious, List.of(sights.stream().map(Sight::image).toList()), what, advice);
    }

    /** All pictures of all groups. */
    public List<Asset> pictures() {
        return groups.stream().flatMap(List::stream).toList();
    }
}
