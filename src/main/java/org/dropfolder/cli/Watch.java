package org.dropfolder.cli;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dropfolder.server.LedgerView;
import org.dropfolder.server.ServerView;
import org.dropfolder.server.Settings;
import org.dropfolder.status.Upload;

/** Shows what changes for as long as somebody looks: until the thread is interrupted, or the process ends. */
final class Watch {
    private static final long PAUSE_MS = 1_000;
    /** What is told of moments to come is told anew so often, in looks. */
    private static final int TICKS = 10;

    private final Settings settings;
    private final Clock clock;
    private final View view;
    private final ServerView server;
    private List<Upload> uploads = List.of();

    Watch(Settings settings, Clock clock, View view) {
        this.settings = settings;
        this.clock = clock;
        this.view = view;
        this.server = new ServerView(settings);
    }

    /** Who shows what changed. */
    interface View {
        /** Everything as it is now; at first, too. */
        void all(Optional<LedgerView> ledger, List<Upload> uploads);

        /** Some datasets changed; empty where only time went by. */
        void changed(LedgerView ledger, List<String> datasets, List<Upload> uploads);

        /** Nothing changed but how far uploads are. */
        void sent(LedgerView ledger, List<Upload> uploads);
    }

    /** Opened anew for each look: where no server writes the ledger, it is read as a file that nobody writes. */
    void run() {
        long seen = -1;
        CountDownLatch never = new CountDownLatch(1);
        try {
            for (int look = 1; ; look++) {
                Optional<LedgerView> begun = LedgerView.open(settings, clock);
                try (LedgerView ledger = begun.orElse(null)) {
                    seen = show(begun, seen, look);
                }
                never.await(PAUSE_MS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException enough) {
            Thread.currentThread().interrupt();
        }
    }

    private long show(Optional<LedgerView> begun, long seen, int look) {
        long now = begun.map(LedgerView::revision).orElse(0L);
        List<Upload> before = uploads;
        uploads = server.uploads();
        if (seen < 0 || begun.isEmpty()) {
            if (now != seen) {
                view.all(begun, uploads);
            }
        } else if (now != seen) {
            view.changed(begun.get(), begun.get().changedSince(seen), uploads);
        } else if (!uploads.equals(before)) {
            view.sent(begun.get(), uploads);
        } else if (look % TICKS == 0) {
            view.changed(begun.get(), List.of(), uploads);
        }
        return now;
    }
}
