package org.dropfolder.route;

import java.io.File;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.dropfolder.image.FileNames;
import org.dropfolder.pipeline.Threshold;

/** Lets the file endpoint see only what is no junk, no link, lies in a folder that can be used and stands still. */
public final class QuietFiles implements GenericFileFilter<File> {
    private final Threshold threshold;

    public QuietFiles(Threshold threshold) {
        this.threshold = threshold;
    }

    @Override
    public boolean accept(GenericFile<File> file) {
        if (FileNames.junk(file.getFileNameOnly())) {
            return false;
        }
        if (file.isDirectory()) {
            return threshold.mayEnter(InboxLocation.of(file));
        }
        return threshold.mayPass(InboxLocation.of(file));
    }
}
