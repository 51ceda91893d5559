package org.dropfolder.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The right to be the only one who works on a data folder and a ledger, for as long as the process lives. Whoever holds
 * it knows that the ledger's claims of others are those of the dead.
 *
 * <p>It is two files, since a ledger may lie elsewhere and be set for two data folders: {@code dropfolder.lock} in the data
 * folder, and one beside the ledger that is named for it.
 */
final class DataLock implements AutoCloseable {
    static final String NAME = "dropfolder.lock";
    private static final String OF_LEDGER = ".lock";

    private volatile Holder holder;
    private final LockFile data;
    private final LockFile ledger;

    private DataLock(Holder holder, LockFile data, LockFile ledger) {
        this.holder = holder;
        this.data = data;
        this.ledger = ledger;
    }

    /**
     * Takes it for this process.
     *
     * @throws SettingsException if another process has it, with who that is and what to do; or if it can't be taken at all
     */
    static DataLock take(Settings.Folders folders, Holder holder) {
        return tryTake(folders, holder).orElseThrow(() -> held("dropfolder.data", folders.data(), folders.data().resolve(NAME)));
    }

    /**
     * The same; nothing if another process has the data folder.
     *
     * @throws SettingsException if another one, with another data folder, has the ledger; or if it can't be taken at all
     */
    static Optional<DataLock> tryTake(Settings.Folders folders, Holder holder) {
        Optional<LockFile> data = tryTake(folders.data().resolve(NAME), holder);
        if (data.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path file = folders.ledgerFile();
            Path lock = file.resolveSibling(file.getFileName() + OF_LEDGER);
            LockFile ledger = tryTake(lock, holder).orElseThrow(() -> held("dropfolder.ledger", file, lock));
            return Optional.of(new DataLock(holder, data.get(), ledger));
        } catch (SettingsException refused) {
            data.get().close();
            throw refused;
        }
    }

    /** Who has the data folder, or had it last; nothing if that can't be told. */
    static Optional<Holder> holderOf(Settings.Folders folders) {
        return LockFile.holder(folders.data().resolve(NAME));
    }

    /** Whether surely nobody has the data folder, as far as that can be told without touching it. */
    static boolean isFree(Settings.Folders folders) {
        // whoever gives it back empties it; a holder that was killed is known by its process
        boolean told = folders.data().resolve(NAME).toFile().length() > 0;
        return !told || holderOf(folders).filter(holder -> holder.runsHere() && ProcessHandle.of(holder.pid()).isEmpty()).isPresent();
    }

    Holder holder() {
        return holder;
    }

    /**
     * Tells everybody where this process answers, once that is known.
     *
     * @throws SettingsException if it can't be written any more
     */
    void answersAt(String url) {
        if (url.equals(holder.url())) {
            return;
        }
        holder = new Holder(holder.pid(), holder.host(), holder.started(), url, holder.token());
        try {
            data.tell(holder);
            ledger.tell(holder);
        } catch (IOException failed) {
            throw new SettingsException("could not write into " + NAME + " where this server answers (" + failed + "): look whether its disk is full");
        }
    }

    /** Gives it back. A process that ends need not. */
    @Override
    public void close() {
        ledger.close();
        data.close();
    }

    private static Optional<LockFile> tryTake(Path file, Holder holder) {
        try {
            return LockFile.tryTake(file, holder);
        } catch (IOException refused) {
            throw new SettingsException(("could not lock %s (%s): look whether its folder is there, can be written and can be "
                + "locked; a network share often can't").formatted(file, refused));
        }
    }

    private static SettingsException held(String key, Path what, Path lock) {
        return new SettingsException("%s is %s, on which another process works: %s; stop that one, or set another %s"
            .formatted(key, what, LockFile.holder(lock).map(Holder::toString).orElse("it did not say which"), key));
    }
}
