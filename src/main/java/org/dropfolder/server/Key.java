package org.dropfolder.server;

import java.util.Locale;
import java.util.Map;

/** One key of the settings: its name, and what kind of value it has. */
record Key<T>(String name, Kind<T> kind) {

    /** {@code dropfolder.batch.wait} is {@code DROPFOLDER_BATCH_WAIT}; a hyphen becomes {@code _} too. */
    String environmentName() {
        return name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    /** The value of the text that {@code checked} holds for this key, once {@link Sources} has let that text pass. */
    T in(Map<String, String> checked) {
        return kind.reading().apply(checked.get(name)).orElseThrow();
    }
}
