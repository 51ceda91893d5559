package org.dropfolder.preflight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.image.PerceptualHash;
import org.dropfolder.ledger.Asset;

/**
 * Finds pictures that are nearly the same: scaled, cut, saved anew. What resembles what resembles it is of its group, too, as the
 * pictures of a burst are.
 */
final class Twins {
    private Twins() { }

    /** @param needed different pictures that a training takes, at least */
    static Optional<Finding> of(List<Sight> all, int images, int needed) {
        // what is empty looks like all that is empty
        List<List<Asset>> groups = groups(all.stream().filter(sight -> !Exposure.isEmpty(sight)).toList());
        if (groups.isEmpty()) {
            return Optional.empty();
        }
        int twins = groups.stream().mapToInt(List::size).sum();
        int different = images - twins + groups.size();
        String what = twins + " pictures are nearly the same as another" + (groups.size() == 1 ? "." : ", in " + groups.size() + " groups.")
            + (different < needed ? " Without them there are only " + different + " of the " + needed + " that a training takes." : "");
        return Optional.of(new Finding(Finding.Kind.TWINS, different < needed, groups, what,
            "Keep the best of each group: what is there several times counts several times, and the model repeats it."));
    }

    private static List<List<Asset>> groups(List<Sight> sights) {
        int[] groupOf = new int[sights.size()];
        for (int i = 0; i < groupOf.length; i++) {
            groupOf[i] = i;
            for (int j = 0; j < i; j++) {
                if (groupOf[j] != groupOf[i] && alike(sights.get(i), sights.get(j))) {
                    join(groupOf, i, groupOf[i], groupOf[j]);
                }
            }
        }
        Map<Integer, List<Asset>> groups = new LinkedHashMap<>();
        for (int i = 0; i < groupOf.length; i++) {
            groups.computeIfAbsent(groupOf[i], first -> new ArrayList<>()).add(sights.get(i).image());
        }
        return groups.values().stream().filter(group -> group.size() > 1).map(List::copyOf).toList();
    }

    private static void join(int[] groupOf, int last, int from, int to) {
        for (int i = 0; i <= last; i++) {
            groupOf[i] = groupOf[i] == from ? to : groupOf[i];
        }
    }

    private static boolean alike(Sight one, Sight other) {
        return one.look().hash().distance(other.look().hash()) <= PerceptualHash.ALIKE;
    }
}
