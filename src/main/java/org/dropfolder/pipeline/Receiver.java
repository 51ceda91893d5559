package org.dropfolder.pipeline;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.dropfolder.image.FileNames;
import org.dropfolder.image.FolderName;
import org.dropfolder.store.ImageStore;

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

    private final ImageStore store;
    private final Semaphore places = new Semaphore(AT_ONCE);

    public Receiver(ImageStore store) {
        this.store = store;
    }

    /** More came than is taken. */
    private static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Takes a file, and tells where it lies.
     *
     * @throws IOException if the inbox can't be written; nothing of the file is left there
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
