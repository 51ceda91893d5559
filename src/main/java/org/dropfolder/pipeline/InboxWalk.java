package org.dropfolder.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.dropfolder.image.FileNames;
import org.dropfolder.store.Dropped;
import org.dropfolder.store.DroppedPage;
import org.dropfolder.store.S3Store;

/** Goes through an inbox that is a part of a bucket, a page at a time, and finds what may be taken now. Thread safe. */
public final class InboxWalk {
    private final S3Store store;
    private final Threshold threshold;
    private final Leftovers leftovers;
    private final Stillness stillness;

    public InboxWalk(S3Store store, Threshold threshold, Leftovers leftovers, Stillness stillness) {
        this.stillness = stillness;
        this.store = store;
        this.threshold = threshold;
        this.leftovers = leftovers;
    }

    /**
     * What was found.
     *
     * @param locations below the inbox, of files that may be taken now; of one page, so 1,000 at most
     * @param last      where the walk goes on; none at the end
     */
    public record Found(List<String> locations, Optional<String> last) { }

    /**
     * Walks until something may be taken, or to the end.
     *
     * @param after where the walk that goes on was left; none for a new one
     * @throws IOException if the inbox can't be looked at
     */
    public Found next(Optional<String> after) throws IOException {
        if (after.isEmpty()) {
            stillness.walkBegins();
        }
        DroppedPage page = store.inboxPage(after);
        List<String> locations = mayBeTaken(page);
        while (locations.isEmpty() && page.last().isPresent()) {
            page = store.inboxPage(page.last());
            locations = mayBeTaken(page);
        }
        if (page.last().isEmpty()) {
            stillness.walkEnds();
            threshold.lookedThrough();
        }
        return new Found(locations, page.last());
    }

    private List<String> mayBeTaken(DroppedPage page) {
        page.nameless().forEach(key -> leftovers.tell(key, FileNames.printable(key) + " stays where it is: its key has an empty part, . or .."
            + " between two /, or a folder's name that is too long. Give it another key."));
        return page.files().stream().filter(threshold::mayPass).map(Dropped::source).toList();
    }
}
