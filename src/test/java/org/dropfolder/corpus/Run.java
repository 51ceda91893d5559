package org.dropfolder.corpus;

import java.util.Map;

/** The settings under which a row's server runs. */
public enum Run {
    /** Converts, has a dataset for what lies in no folder, and opens another when one is full. */
    GENEROUS(Map.of("dropfolder.image.convert", "on", "dropfolder.dataset.default", "for the rest",
        "dropfolder.dataset.overflow", "next", "dropfolder.caption.wait", "10m", "dropfolder.inbox.report", "on")),

    /** Does none of these, and soon gives up a caption without an image. */
    STRICT(Map.of("dropfolder.image.convert", "off", "dropfolder.dataset.default", "",
        "dropfolder.dataset.overflow", "aside", "dropfolder.caption.wait", "3s", "dropfolder.inbox.report", "off"));

    private final Map<String, String> settings;

    Run(Map<String, String> settings) {
        this.settings = settings;
    }

    public Map<String, String> settings() {
        return settings;
    }
}
