package org.dropfolder.server;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.LedgerException;
import org.dropfolder.ledger.LedgerFile;

/**
 * Looks at all that a server needs, one thing after the other, whatever is wrong with those before. It changes nothing: what
 * it writes to see whether that can be done, it deletes.
 */
public final class Doctor {
    private final Settings settings;
    private final Path start;
    private final Clock clock;

    public Doctor(Settings settings, Clock clock) {
        this(settings, Path.of(""), clock);
    }

    /** @param start the working folder, against which relative paths are taken */
    Doctor(Settings settings, Path start, Clock clock) {
        this.settings = settings;
        this.start = start;
        this.clock = clock;
    }

    /** Tells each finding as soon as it is there; the last ones, of the API, may take half a minute. */
    public void examine(Consumer<Finding> told) {
        told.accept(Finding.good("settings", "each has a value that it may have"));
        settings.warnings().forEach(warning -> told.accept(Finding.note("settings", warning)));
        StartChecks.fileNameWarning().ifPresent(warning -> told.accept(Finding.note("locale", warning)));
        StartChecks.withoutMaking(settings, start).forEach(check -> told.accept(finding(check)));
        settings.bucket().map(bucket -> new BucketChecks(bucket, settings.intake().report()).examine()).ifPresent(found -> found.forEach(told));
        told.accept(ledger());
        told.accept(port());
        Extras.of(settings).findings().forEach(told);
        if (settings.simulated()) {
            told.accept(Finding.good("ideogram", "is simulated: nothing leaves this machine, and no key is needed"));
        } else {
            new Reachability(settings.ideogram(), clock).examine().forEach(told);
        }
    }

    private static Finding finding(StartChecks.Check check) {
        try {
            return Finding.good(check.subject(), check.look().get());
        } catch (SettingsException wrong) {
            return Finding.wrong(check.subject(), wrong.getMessage());
        }
    }

    private Finding ledger() {
        String url = settings.folders().ledgerUrl();
        LedgerFile file = new LedgerFile(url);
        if (!file.exists()) {
            return Finding.good("ledger", file.path() + " is not there yet; the first start begins it");
        }
        try {
            if (file.examine()) {
                return Finding.good("ledger", file.path() + " is sound, and of an older version; the next start brings it up to date");
            }
            Ledger.toRead(url, clock, settings.simulated()).close();
            return Finding.good("ledger", file.path() + " is sound");
        } catch (LedgerException wrong) {
            return Finding.wrong("ledger", wrong.getMessage());
        }
    }

    /** The server of this data folder may have the port; nobody else. */
    private Finding port() {
        String address = Server.address(settings.http(), settings.http().port());
        try {
            StartChecks.checkPort(settings.http());
            return Finding.good("port", settings.http().port() == 0 ? "any that is free" : address + " is free");
        } catch (SettingsException taken) {
            Optional<Holder> ours = DataLock.isFree(settings.folders()) ? Optional.empty() : DataLock.holderOf(settings.folders());
            return ours.filter(holder -> holder.runsHere() && holder.url().equals(address))
                .map(holder -> Finding.good("port", "the server is running: " + holder))
                .orElseGet(() -> Finding.wrong("port", taken.getMessage()));
        }
    }
}
