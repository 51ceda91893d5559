package org.dropfolder.route;

import java.io.File;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.dropfolder.image.FileNames;
import org.dropfolder.pipeline.Lookout;
import org.dropfolder.pipeline.Threshold;

/** Lets the file endpoint see only what is no junk, no link, lies in a folder that can be used and stands still. */
public final class QuietFiles implements GenericFileFilter<File> {
    private final Threshold threshold;
    private final Lookout lookout;

    public QuietFiles(Threshold threshold, Lookout lookout) {
        this.threshold = threshold;
        this.lookout = lookout;
    }

    @Override
    public boolean accept(GenericFile<File> file) {
        String location = InboxLocation.of(file);
        if (FileNames.settings(location) && !file.isDirectory()) {
            threshold.meet(location);
        }
        if (FileNames.junk(file.getFileNameOnly())) {
            return false;
        }
        if (!file.isDirectory()) {
            return threshold.mayPass(location);
        }
        boolean entered = threshold.mayEnter(location);
        if (entered) {
            lookout.enters(location);
        }
        return entered;
    }
}
