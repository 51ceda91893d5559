package org.dropfolder.route;

import java.io.File;
import java.nio.file.Files;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.dropfolder.image.FileNames;
import org.dropfolder.pipeline.Stillness;

/** Lets the file endpoint see only what is no junk, no link and stands still. */
public final class QuietFiles implements GenericFileFilter<File> {
    private final Stillness stillness;

    public QuietFiles(Stillness stillness) {
        this.stillness = stillness;
    }

    @Override
    public boolean accept(GenericFile<File> file) {
        if (FileNames.junk(file.getFileNameOnly())) {
            return false;
        }
        if (file.isDirectory()) {
            // a link could lead in a circle, or to what nobody dropped
            return !Files.isSymbolicLink(file.getFile().toPath());
        }
        return stillness.still(file.getRelativeFilePath());
    }
}
