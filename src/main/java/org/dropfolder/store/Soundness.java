package org.dropfolder.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks whether folders can be used, by using them: permissions say nothing to root, and nothing of a full disk. */
final class Soundness {
    /** More than the room that a nearly full disk may still find for a small file. */
    private static final int TRIAL_BYTES = 64 * 1024;

    private Soundness() { }

    /** Why it can't be looked into, or nothing can be moved out of it, in words without a name. */
    static Optional<String> ofInbox(Path inbox) {
        try (DirectoryStream<Path> names = Files.newDirectoryStream(inbox)) {
            names.iterator().hasNext();
            return Files.isWritable(inbox) ? Optional.empty() : Optional.of("it can't be written");
        } catch (IOException e) {
            return Optional.of(why(e));
        }
    }

    /** Why nothing can be written there, in words without a name. */
    static Optional<String> ofData(Path data, List<String> folders) {
        for (String folder : folders) {
            Path path = data.resolve(folder);
            if (Files.exists(path) && !(Files.isDirectory(path) && Files.isWritable(path))) {
                return Optional.of("one of its folders is none that can be written");
            }
        }
        try {
            Trial.write(data, TRIAL_BYTES);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(why(e));
        }
    }

    private static String why(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "it is not there";
        }
        if (failure instanceof NotDirectoryException) {
            return "it is no folder";
        }
        if (failure instanceof AccessDeniedException) {
            return "access is denied";
        }
        // the reason is the system's, and names no file; the message of one that has none does not, either
        String told = failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
        return told == null ? failure.getClass().getSimpleName() : told;
    }
}
