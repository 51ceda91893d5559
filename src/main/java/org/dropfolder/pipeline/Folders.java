package org.dropfolder.pipeline;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.dropfolder.ideogram.ModelName;
import org.dropfolder.image.FolderName;
import org.dropfolder.image.Reason;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.store.ImageStore;

/**
 * Which folders of the inbox are which dataset's: those of one name, whatever its case and normal form, and with all that
 * lies below them. What lies directly in the inbox is the default dataset's, or nobody's. Thread safe.
 */
public final class Folders {
    private final Ledger ledger;
    private final ImageStore store;
    private final Stillness stillness;
    private final Optional<String> byDefault;

    /** @param byDefault the dataset of what lies directly in the inbox, if it is to have one */
    public Folders(Ledger ledger, ImageStore store, Stillness stillness, Optional<String> byDefault) {
        this.ledger = ledger;
        this.store = store;
        this.stillness = stillness;
        this.byDefault = byDefault;
    }

    /** Why no dataset can be named by this folder of the inbox, so that its files stay there; in words for people. */
    public Optional<String> whyNot(String folder) {
        return FolderName.fault(folder).map(Reason::text);
    }

    /** The dataset of a file in the inbox, written down now if it is new; the nameless one if it is nobody's. */
    Dataset datasetOf(String source) {
        int slash = source.indexOf('/');
        return dataset(slash < 0 ? byDefault.orElse("") : source.substring(0, slash));
    }

    /** The same, if anything was ever dropped there. */
    Optional<Dataset> knownOf(String source) {
        int slash = source.indexOf('/');
        return slash < 0 ? byDefault.flatMap(ledger.datasets()::named) : ledger.datasets().named(source.substring(0, slash));
    }

    /** The dataset that a folder of this name is, written down now if it is new. */
    Dataset dataset(String folder) {
        return ledger.datasets().named(folder).orElseGet(() -> ledger.datasets().named(folder, remoteNames(folder).toArray(String[]::new)));
    }

    /**
     * Whether a file that is not junk lies in the inbox for this dataset and arrived after that time, or one is still being
     * copied or being taken, however long that takes, or a look at the inbox takes long, so that one may lie there unseen. One that
     * went away half counts for some minutes: a share may come back.
     *
     * @throws IOException if the inbox can't be looked at
     */
    boolean hold(Dataset dataset, Instant newerThan) throws IOException {
        boolean takesAll = byDefault.filter(dataset::isFolder).isPresent();
        Predicate<String> its = folder -> folder.isEmpty() ? takesAll : dataset.isFolder(folder);
        // first what is in hand: it may have left the inbox before that is looked at, and then its row is there
        if (stillness.isBusy() || stillness.isTaking(its)) {
            return true;
        }
        for (String folder : store.inboxFolders(dataset::isFolder)) {
            if (store.inboxHolds(folder, newerThan)) {
                return true;
            }
        }
        return takesAll && store.inboxHolds(newerThan) || stillness.isCopied(its);
    }

    /**
     * The folders of the inbox that are these datasets', each with its dataset's name as it is given here; in a bucket also those that
     * were emptied, since nothing is left of them there. The inbox itself, under
     * the empty name, is the default dataset's, or that of what is nobody's.
     *
     * @throws IOException if the inbox can't be looked at
     */
    Map<String, String> of(Collection<String> datasets) throws IOException {
        Map<String, String> byKey = new HashMap<>();
        datasets.forEach(name -> byKey.put(Dataset.keyOf(name), name));
        Map<String, String> found = new LinkedHashMap<>();
        store.inboxFolders(folder -> byKey.containsKey(Dataset.keyOf(folder)))
            .forEach(folder -> found.put(folder, byKey.get(Dataset.keyOf(folder))));
        if (!store.hasFolders()) {
            byKey.values().stream().filter(name -> !found.containsValue(name) && wasDroppedInto(name)).forEach(name -> found.put(name, name));
        }
        String owner = byDefault.orElse("");
        if (byKey.containsKey("") || byKey.containsKey(Dataset.keyOf(owner))) {
            found.put("", byKey.getOrDefault(Dataset.keyOf(owner), owner));
        }
        return found;
    }

    /** Whether a folder of that name was there once, so that its people look there for a word. */
    private boolean wasDroppedInto(String name) {
        return !name.isEmpty() && byDefault.filter(other -> Dataset.keyOf(other).equals(Dataset.keyOf(name))).isEmpty()
            && ledger.datasets().named(name).filter(dataset -> dataset.overflowOf().isEmpty()).isPresent();
    }

    /** Whether what lies directly in the inbox is a dataset's. */
    boolean takesAll() {
        return byDefault.isPresent();
    }

    /**
     * The names of this dataset's folders that are in the inbox now; empty for the inbox itself.
     *
     * @throws IOException if the inbox can't be looked at
     */
    List<String> namesOf(Dataset dataset) throws IOException {
        List<String> names = new ArrayList<>(store.inboxFolders(dataset::isFolder));
        byDefault.filter(dataset::isFolder).ifPresent(all -> names.add(""));
        return names;
    }

    /** From now on images that find no room in a dataset go into a next one, instead of being set aside. */
    public void letOverflow() {
        ledger.datasets().letOverflow(Folders::remoteNames);
    }

    /** A folder that is called just like another one's made-up name gets a made-up one, too. */
    private static List<String> remoteNames(String folder) {
        return List.of(ModelName.of(folder), ModelName.of("folder " + folder + "/"), ModelName.of("folder " + folder + "//"));
    }
}
