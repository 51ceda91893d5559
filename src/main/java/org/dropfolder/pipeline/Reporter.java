package org.dropfolder.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dropfolder.image.FileNames;
import org.dropfolder.ledger.Changes;
import org.dropfolder.store.ImageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the words in the inbox are true: those of each dataset that changed, and of each folder in which something
 * lies that can't be taken. What was missed is made up at the next start, which compares them all. Thread safe.
 */
public final class Reporter {
    /** Datasets of one look. */
    static final int PAGE = 200;
    /** What could not be written is tried again at every so many looks. */
    static final int PATIENCE = 30;
    /** Datasets that are tried again, at most; any other waits for its next change. */
    static final int WAITING = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

    private final Changes changes;
    private final Folders folders;
    private final ImageStore store;
    private final Leftovers leftovers;
    private final Text text;
    /** By dataset the folders in which its word is not written yet; none of them while they are not known. */
    private final Map<String, Set<String>> waiting = new LinkedHashMap<>();
    private final Set<String> said = new LinkedHashSet<>();
    private long seen = Changes.BEGINNING;
    private int looks;

    public Reporter(Changes changes, Folders folders, ImageStore store, Leftovers leftovers, Text text) {
        this.changes = changes;
        this.folders = folders;
        this.store = store;
        this.leftovers = leftovers;
        this.text = text;
    }

    /** What is to be said. */
    @FunctionalInterface
    public interface Text {
        /**
         * @param dataset    the name of its folder; empty for what lay directly in the inbox and is nobody's
         * @param leftBehind what lies there and can't be taken, a sentence each
         */
        String of(String dataset, List<String> leftBehind);
    }

    /**
     * A word that may not be true any more.
     *
     * @param folder  where it stands; empty for the inbox itself
     * @param dataset of which it tells
     */
    public record Word(String folder, String dataset) { }

    /**
     * The next words that may not be true any more; a page of them.
     *
     * @throws IOException if the inbox can't be looked at; the same are due the next time
     */
    public synchronized List<Word> due() throws IOException {
        Set<String> datasets = new LinkedHashSet<>();
        if (++looks % PATIENCE == 0) {
            datasets.addAll(waiting.keySet());
        }
        List<Changes.Change> page = changes.since(seen, PAGE);
        page.forEach(change -> datasets.add(change.dataset()));
        datasets.addAll(leftovers.changed());
        if (datasets.isEmpty()) {
            return List.of();
        }
        // until their words are written
        datasets.forEach(this::again);
        Map<String, String> found = folders.of(datasets);
        if (!page.isEmpty()) {
            seen = page.get(page.size() - 1).revision();
        }
        List<Word> words = new ArrayList<>();
        found.forEach((folder, dataset) -> words.add(new Word(folder, dataset)));
        words.forEach(this::again);
        return words;
    }

    /** Writes the word, where it differs from what is there. What can't be written is said once, and tried again. */
    public void write(Word word) {
        try {
            boolean written = store.writeReport(word.folder(), text.of(word.dataset(), leftovers.in(word.folder())));
            done(word, written);
            if (!written) {
                say(word, "something of that name is there that is not the server's own");
            }
        } catch (IOException e) {
            say(word, e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }

    /** In which folders, is to be found out anew. */
    private void again(String dataset) {
        if (waiting.size() < WAITING || waiting.containsKey(dataset)) {
            waiting.put(dataset, new LinkedHashSet<>());
        }
    }

    private void again(Word word) {
        if (waiting.containsKey(word.dataset())) {
            waiting.get(word.dataset()).add(word.folder());
        }
    }

    private synchronized void done(Word word, boolean written) {
        Set<String> unwritten = waiting.getOrDefault(word.dataset(), new LinkedHashSet<>());
        if (unwritten.remove(word.folder()) && unwritten.isEmpty()) {
            waiting.remove(word.dataset());
        }
        if (written) {
            said.remove(word.folder());
        }
    }

    private synchronized void say(Word word, String why) {
        if (said.size() < WAITING && said.add(word.folder())) {
            LOG.warn("Could not write _status.txt in {}: {}. People are not told there how their images do; let the server write in "
                + "that folder, or set dropfolder.inbox.report=off.", word.folder().isEmpty() ? "the inbox" : FileNames.printable(word.folder()), why);
        }
    }
}
