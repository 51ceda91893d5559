package org.dropfolder.server;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The file that holds the API's key. */
final class KeyFile {
    static final String SETTING = "ideogram.api-key-file";
    private static final Set<PosixFilePermission> OTHERS = Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private KeyFile() { }

    /**
     * The key that stands in {@code file} now, alone on one line; blanks and empty lines around it don't count.
     *
     * @throws SettingsException if there is none, with what to do; it never shows what stands there
     */
    static Secret read(Path file) {
        List<String> lines = text(file).strip().lines().toList();
        if (lines.isEmpty()) {
            throw refused(file, "is empty", "write the key into it");
        }
        if (lines.size() > 1) {
            throw refused(file, "has %d lines".formatted(lines.size()), "leave the key alone in it");
        }
        return Kind.secret().reading().apply(lines.get(0)).orElseThrow(() ->
            refused(file, "does not hold a key", "write nothing but the key into it, " + Kind.secret().mayBe()));
    }

    /** A line for the log where others than its owner may read it. */
    static Optional<String> warning(Path file) {
        try {
            boolean open = Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
            return open ? Optional.of("%s is %s, which others than its owner can read: chmod 600 %s".formatted(SETTING, file, file))
                : Optional.empty();
        } catch (IOException | UnsupportedOperationException nobodyKnows) {
            return Optional.empty();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw refused(file, "is not there", "write the key into it");
        } catch (AccessDeniedException denied) {
            throw refused(file, "may not be read", "let this user read it");
        } catch (CharacterCodingException notText) {
            throw refused(file, "is no text", "write nothing but the key into it");
        } catch (IOException unreadable) {
            throw refused(file, "can't be read", Files.isDirectory(file) ? "name a file, not a folder" : "look at its disk");
        }
    }

    private static SettingsException refused(Path file, String what, String todo) {
        return new SettingsException("%s is %s, which %s: %s".formatted(SETTING, file, what, todo));
    }
}
