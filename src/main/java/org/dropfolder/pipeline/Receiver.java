package org.dropfolder.pipeline;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.dropfolder.image.FileNames;
import org.dropfolder.image.FolderName;
import org.dropfolder.store.ImageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts files that people bring over HTTP into the inbox, where they go the way of all that is dropped. A file is there whole or not
 * at all, under a name that none has yet. Thread safe.
 */
public final class Receiver {
    /**
     * Forty of the largest images that are sent: enough for an archive of a whole shoot, little enough that a mistake does not
     * fill the disk. What is larger can be put into the folder itself.
     */
    static final long LARGEST = 1L << 30;
    /** Each takes a thread of the HTTP server, which has twenty; the others answer meanwhile. */
    static final int AT_ONCE = 10;
    /** Leaves room, up to the 255 of a usual disk, for what a half-written file is called. */
    private static final int NAME_BYTES = 200;
    private static final int CHUNK = 64 << 10;

    private static final Duration ABANDONED = Duration.ofDays(1);
    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

    private final ImageStore store;
    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final AtomicReference<Instant> cleared = new AtomicReference<>(Instant.EPOCH);

    public Receiver(ImageStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** More came than is taken. */
    private static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Takes a file, and tells where it lies, or why nothing of it was kept.
     *
     * @throws IOException if what is still to come can't be let go
     */
    public Receipt receive(Delivery delivery) throws IOException {
        Optional<String> fault = fault(delivery);
        if (fault.isPresent()) {
            return Receipt.not(Receipt.Outcome.REFUSED, fault.get());
        }
        if (delivery.size().orElse(0) > LARGEST) {
            return tooLarge(delivery);
        }
        if (!places.tryAcquire()) {
            return Receipt.not(Receipt.Outcome.BUSY, "Too many files come at once. Send it again in a moment.");
        }
        try {
            return arrived(delivery, store.drop(delivery.dataset(), delivery.file(), bytes -> copy(delivery, bytes)));
        } catch (TooLargeException e) {
            return tooLarge(delivery);
        } catch (EOFException e) {
            return Receipt.not(Receipt.Outcome.BROKEN_OFF, shown(delivery.file()) + " did not come whole, and nothing of it was kept. "
                + "Send it again.");
        } catch (SocketTimeoutException e) {
            return Receipt.not(Receipt.Outcome.TOO_SLOW, shown(delivery.file()) + " came too slowly, and nothing of it was kept. Put it into the "
                + "folder " + shown(delivery.dataset()) + " in the inbox itself, or send it again over a quicker line.");
        } catch (IOException e) {
            return failed(delivery, e);
        } finally {
            places.release();
            delivery.bytes().close();
        }
    }

    private static void copy(Delivery delivery, OutputStream to) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long copied = 0;
        for (int read = delivery.bytes().read(chunk); read >= 0; read = delivery.bytes().read(chunk)) {
            copied += read;
            if (copied > LARGEST) {
                throw new TooLargeException();
            }
            to.write(chunk, 0, read);
        }
        if (copied != delivery.size().orElse(copied)) {
            throw new EOFException();
        }
    }

    private static Receipt arrived(Delivery delivery, String source) {
        String name = source.substring(source.indexOf('/') + 1);
        return new Receipt(Receipt.Outcome.ARRIVED, shown(delivery.file()) + " lies in " + shown(delivery.dataset())
            + (name.equals(delivery.file()) ? "." : " as " + shown(name) + ", since another file has its name."), Optional.of(source));
    }

    private static Receipt tooLarge(Delivery delivery) {
        return Receipt.not(Receipt.Outcome.TOO_LARGE, shown(delivery.file()) + " is larger than 1 GB, the most that is taken this way. "
            + "Put it into the folder " + shown(delivery.dataset()) + " in the inbox itself, or send it in parts.");
    }

    /** Who sends a file need not know where the inbox is; the log tells all of it. */
    private static Receipt failed(Delivery delivery, IOException failure) {
        String what = "Could not write " + shown(delivery.file()) + " into the folder " + shown(delivery.dataset()) + " in the inbox";
        LOG.warn("{}: {}", what, shown(String.valueOf(failure)));
        return Receipt.not(Receipt.Outcome.FAILED, what + ": " + reason(failure) + ". Nothing of it was kept. See what the server's status says "
            + "of the inbox, mend that, and send it again.");
    }

    private static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "the inbox is not there";
        }
        if (failure instanceof AccessDeniedException) {
            return "the server may not write there";
        }
        if (failure instanceof NotDirectoryException) {
            return "something else than a folder has that name";
        }
        String told = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
        return told == null || told.isBlank() ? "the inbox did not take it" : shown(told).replaceFirst("[.]$", "");
    }

    /**
     * Now and then deletes what was half-written when the server was killed. While a file comes, what there is of it is written to at
     * least once a minute; a day is more than the clocks of a share differ by.
     */
    public void clearHalfWritten() {
        Instant now = clock.instant();
        Instant due = cleared.get();
        if (due.isAfter(now.minus(ABANDONED)) || !cleared.compareAndSet(due, now)) {
            return;
        }
        try {
            store.clearHalfDropped(now.minus(ABANDONED));
        } catch (IOException e) {
            LOG.warn("Could not look for files in the inbox that came only half: {}. They do no harm, and are looked for again in a day.",
                shown(String.valueOf(e)));
        }
    }

    /** Why there can't be such a file in the inbox, or nobody would take it from there, and what to do. */
    private static Optional<String> fault(Delivery delivery) {
        return fault("The dataset's name", delivery.dataset(), delivery.dataset())
            .or(() -> fault("The file's name", delivery.file(), FileNames.stem(delivery.file())));
    }

    private static Optional<String> fault(String what, String name, String telling) {
        String fault = null;
        if (telling.isBlank()) {
            fault = "is empty";
        } else if (name.contains("/") || name.contains("\\")) {
            fault = "leads into another folder";
        } else if (FileNames.junk(name) || name.equalsIgnoreCase(FolderName.OF_THE_INBOX)) {
            fault = "is one of those that are passed over, as half-written files and a system's own are";
        } else if (FolderName.fault(name).isPresent()) {
            fault = "has signs that can't be seen or spelled";
        } else if (name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES) {
            fault = "is longer than " + NAME_BYTES + " bytes";
        }
        return Optional.ofNullable(fault).map(found -> what + " " + found + ": \"" + shown(name) + "\". Give it another one.");
    }

    private static String shown(String name) {
        return FileNames.printable(name);
    }
}
