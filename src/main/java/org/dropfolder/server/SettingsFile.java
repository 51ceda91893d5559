package org.dropfolder.server;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** Reads the file of the settings, and holds it to naming every key once. */
final class SettingsFile {
    private SettingsFile() { }

    /**
     * Keys and values as they stand in {@code file}, in its order.
     *
     * @throws SettingsException when it is missing, can't be read, or names a key twice
     */
    static Map<String, String> read(Path file) {
        Map<String, String> read = new LinkedHashMap<>();
        try {
            new Once(file, read).load(new StringReader(Files.readString(file)));
            return read;
        } catch (NoSuchFileException missing) {
            throw new SettingsException(("could not read the settings: there is no %s; "
                    + "start in the folder that holds routes/ and config/").formatted(file.toAbsolutePath()));
        } catch (CharacterCodingException notUtf8) {
            throw new SettingsException("could not read the settings: %s is not UTF-8; save it as UTF-8".formatted(file));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new SettingsException("could not read the settings from %s: %s".formatted(file, unreadable));
        }
    }

    /** The JDK's reader of properties lets the last of two equal keys win without a word: a change above it would do nothing. */
    private static final class Once extends Properties {
        private final Path file;
        private final Map<String, String> read;

        Once(Path file, Map<String, String> read) {
            this.file = file;
            this.read = read;
        }

        @Override
        public synchronized Object put(Object key, Object value) {
            if (read.put((String) key, (String) value) != null) {
                throw new SettingsException("%s stands twice in %s: take one of them out".formatted(key, file));
            }
            return super.put(key, value);
        }
    }
}
