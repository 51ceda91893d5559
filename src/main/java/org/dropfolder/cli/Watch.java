package org.dropfolder.cli;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dropfolder.server.LedgerView;
import org.dropfolder.server.Settings;

/** Shows what changes for as long as somebody looks: until the thread is interrupted, or the process ends. */
final class Watch {
    private static final long PAUSE_MS = 1_000;
    /** What is told of moments to come is told anew so often, in looks. */
    private static final int TICKS = 10;

    private final Settings settings;
    private final Clock clock;
    private final View view;

    Watch(Settings settings, Clock clock, View view) {
        this.settings = settings;
        this.clock = clock;
        this.view = view;
    }

    /** Who shows what changed. */
    interface View {
        /** Everything as it is now; at first, too. */
        void all(Optional<LedgerView> ledger);

        /** Some datasets changed; empty where only time went by. */
        void changed(LedgerView ledger, List<String> datasets);
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
        if (seen < 0 || begun.isEmpty()) {
            if (now != seen) {
                view.all(begun);
            }
        } else if (now != seen) {
            view.changed(begun.get(), begun.get().changedSince(seen));
        } else if (look % TICKS == 0) {
            view.changed(begun.get(), List.of());
        }
        return now;
    }
}
