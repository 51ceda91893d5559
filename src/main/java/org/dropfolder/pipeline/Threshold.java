package org.dropfolder.pipeline;

import java.io.IOException;
import java.util.Optional;
import org.dropfolder.image.FileNames;
import org.dropfolder.image.FolderName;
import org.dropfolder.store.Dropped;
import org.dropfolder.store.ImageStore;

/** What of the inbox may come in now: folders that can be a dataset's, files that stand still. Thread safe. */
public final class Threshold {
    private final Folders folders;
    private final ImageStore store;
    private final Stillness stillness;
    private final Leftovers leftovers;
    private final Optional<FolderReader> reader;

    /** @param reader reads what people set in folders; none where that does not count */
    public Threshold(Folders folders, ImageStore store, Stillness stillness, Leftovers leftovers, Optional<FolderReader> reader) {
        this.folders = folders;
        this.store = store;
        this.stillness = stillness;
        this.leftovers = leftovers;
        this.reader = reader;
    }

    /** Something lies there that people set for a folder: it is read where it lies. Where it is no folder's, that is said once. */
    public void meet(String location) {
        reader.ifPresent(settings -> {
            sayIfNobodys(location);
            settings.saw(location);
        });
    }

    private void sayIfNobodys(String location) {
        if (location.indexOf('/') < 0 && !folders.takesAll()) {
            leftovers.tell(location, FileNames.printable(location) + " sets nothing, since it lies in no dataset's folder. Put it into one.");
        }
    }

    /** The inbox was looked through. */
    public void lookedThrough() {
        reader.ifPresent(FolderReader::lookedThrough);
    }

    /** Whether what lies in this folder of the inbox may be looked at; if not, that is said once. */
    public boolean mayEnter(String location) {
        // a link could lead in a circle, or to what nobody dropped
        return (location.indexOf('/') >= 0 || isUsable(location)) && !leftovers.barred(location);
    }

    private boolean isUsable(String folder) {
        Optional<String> fault = folders.whyNot(folder);
        fault.ifPresent(why -> leftovers.tell(folder, why));
        return fault.isEmpty();
    }

    /** Whether this file may be taken now. Of one that stands still and never may be, that is said once. */
    public boolean mayPass(String location) {
        return !lost(location) && stillness.still(location) && !leftovers.barred(location);
    }

    /** The same for a file that was looked at just now, by being listed with all that lies in the inbox, junk among it. */
    boolean mayPass(Dropped file) {
        String location = file.source();
        if (FileNames.settings(location)) {
            reader.ifPresent(settings -> {
                sayIfNobodys(location);
                settings.saw(file);
            });
        }
        int slash = location.indexOf('/');
        return !FileNames.junk(location) && (slash < 0 || isUsable(location.substring(0, slash)))
            && stillness.still(file) && !leftovers.barred(location);
    }

    /** Whether nothing that could be taken is found by this name, since its bytes are no letters: a folder, say. */
    private boolean lost(String location) {
        try {
            boolean lost = FolderName.undecodable(location) && store.look(location).isEmpty();
            if (lost) {
                leftovers.tell(location, FileNames.printable(location) + " stays where it is: its name can't be read here, and it is no plain"
                    + " file. Rename it with plain letters.");
            }
            return lost;
        } catch (IOException e) {
            leftovers.tell(location, "Could not look at " + FileNames.printable(location) + ": " + e.getMessage() + ". It is tried again.");
            return true;
        }
    }
}
