package org.dropfolder.pipeline;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dropfolder.image.FileNames;
import org.dropfolder.image.FolderName;
import org.dropfolder.store.ImageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of the inbox may come in now: folders that can be a dataset's, files that stand still. Thread safe. */
public final class Threshold {
    private static final Logger LOG = LoggerFactory.getLogger(Threshold.class);
    private static final int REMEMBERED = 1_000;

    private final Folders folders;
    private final ImageStore store;
    private final Stillness stillness;
    private final Set<String> told = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    public Threshold(Folders folders, ImageStore store, Stillness stillness) {
        this.folders = folders;
        this.store = store;
        this.stillness = stillness;
    }

    /** Whether what lies in this folder of the inbox may be looked at; if it never may, that is said once. */
    public boolean mayEnter(String location) {
        if (location.indexOf('/') >= 0) {
            return true;
        }
        Optional<String> fault = folders.whyNot(location);
        fault.ifPresent(why -> tell(location, why));
        return fault.isEmpty();
    }

    /** Whether this file may be taken now. */
    public boolean mayPass(String location) {
        return !lost(location) && stillness.still(location);
    }

    /** Whether nothing that could be taken is found by this name, since its bytes are no letters: a folder, say. */
    private boolean lost(String location) {
        try {
            boolean lost = FolderName.undecodable(location) && store.look(location).isEmpty();
            if (lost) {
                tell(location, FileNames.printable(location) + " stays where it is: its name can't be read here, and it is no plain"
                    + " file. Rename it with plain letters.");
            }
            return lost;
        } catch (IOException e) {
            tell(location, "Could not look at " + FileNames.printable(location) + ": " + e.getMessage() + ". It is tried again.");
            return true;
        }
    }

    private void tell(String location, String what) {
        if (told.add(location)) {
            LOG.warn("{}", what);
        }
    }
}
