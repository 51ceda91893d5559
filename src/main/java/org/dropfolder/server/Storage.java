package org.dropfolder.server;

import java.io.File;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.camel.main.Main;
import org.dropfolder.pipeline.InboxWalk;
import org.dropfolder.pipeline.Leftovers;
import org.dropfolder.pipeline.Lookout;
import org.dropfolder.pipeline.Stillness;
import org.dropfolder.pipeline.Threshold;
import org.dropfolder.pipeline.Trouble;
import org.dropfolder.pipeline.Watchman;
import org.dropfolder.route.FilesInProgress;
import org.dropfolder.route.InboxLocation;
import org.dropfolder.route.InboxPace;
import org.dropfolder.route.QuietFiles;
import org.dropfolder.route.QuietObjects;
import org.dropfolder.route.WakeableExecutor;
import org.dropfolder.store.FolderStore;
import org.dropfolder.store.ImageStore;
import org.dropfolder.store.InboxWatcher;
import org.dropfolder.store.S3Store;
import software.amazon.awssdk.services.s3.S3Client;

/** Where bytes rest, as the settings choose it: in folders, or in a bucket. */
final class Storage implements AutoCloseable {
    /** Between two looks at a folder in which nothing happens. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** The same where the system would tell of it. */
    private static final Duration WATCHED_PAUSE = Duration.ofMinutes(1);

    private final Settings settings;
    private final ImageStore store;
    private final Optional<S3Client> client;
    private final Optional<InboxWatcher> watcher;
    private final WakeableExecutor looks = new WakeableExecutor("inbox");

    /** @param seam every change passes it */
    Storage(Settings settings, Seam seam) {
        this.settings = settings;
        this.client = settings.bucket().map(bucket -> bucket.access().client());
        this.watcher = settings.bucket().isPresent() ? Optional.empty() : Optional.of(new InboxWatcher(settings.folders().inboxFolder()));
        this.store = settings.bucket().<ImageStore>map(bucket -> new S3Store(client.orElseThrow(), bucket.inbox(), bucket.store(), bucket.encryption(), seam))
            .orElseGet(() -> new FolderStore(settings.folders().inboxFolder(), settings.folders().data(), seam));
    }

    ImageStore store() {
        return store;
    }

    /** Between two looks at an inbox in which nothing happens, and of which the system tells nothing. */
    Duration longestPause() {
        return settings.bucket().map(Bucket::scan).orElse(LONGEST_PAUSE);
    }

    private Lookout.Pace pace() {
        // an object is whole or not there: a second look before it may stand still would only cost a listing
        return settings.bucket().map(bucket -> new Lookout.Pace(settings.intake().settle(), bucket.scan(), bucket.scan()))
            .orElseGet(() -> new Lookout.Pace(settings.intake().scan(), LONGEST_PAUSE, WATCHED_PAUSE));
    }

    /** What tells whether inbox and data can be used. */
    List<Watchman.Post> posts() {
        Optional<String> bucket = settings.bucket().map(there -> there.store().toString());
        String unwritten = bucket.isPresent() ? "What was dropped can't be stored in the bucket: " : "Nothing can be written to the data folder: ";
        return List.of(
            new Watchman.Post(Trouble.Of.INBOX, settings.folders().inbox(), () -> store.inboxTrouble().map("The inbox can't be used: "::concat)),
            new Watchman.Post(Trouble.Of.DATA, bucket.orElse(settings.folders().data().toString()), () -> store.dataTrouble().map(unwritten::concat)));
    }

    /** What the route that looks at the inbox names. */
    void bindInbox(Main main, Threshold threshold, Leftovers leftovers, Stillness stillness, Clock clock) {
        Lookout lookout = new Lookout(pace(), stillness, watcher, clock);
        if (store instanceof S3Store objects) {
            main.bind("quietObjects", new QuietObjects(new InboxWalk(objects, threshold, leftovers, stillness)));
            main.bind("filesInProgress", new FilesInProgress(stillness, UnaryOperator.identity()));
        } else {
            main.bind("quietFiles", new QuietFiles(threshold, lookout));
            main.bind("inboxLocation", new InboxLocation());
            File inbox = new File(settings.folders().inbox());
            main.bind("filesInProgress", new FilesInProgress(stillness, path -> InboxLocation.of(inbox, path)));
        }
        // of a bucket one look may be a part alone: its walk tells when it was through
        main.bind("inboxPace", new InboxPace(lookout, store instanceof S3Store ? () -> { } : threshold::lookedThrough));
        main.bind("inboxLooks", looks);
        lookout.start(looks::wakeIn);
    }

    @Override
    public void close() {
        looks.shutdownNow();
        watcher.ifPresent(InboxWatcher::close);
        client.ifPresent(S3Client::close);
    }
}
