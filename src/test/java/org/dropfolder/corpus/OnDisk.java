package org.dropfolder.corpus;

import java.io.IOException;
import java.nio.file.Path;

/** What only a disk can have: a link, a pipe, a time of its own, a slow writer. */
@FunctionalInterface
public interface OnDisk {
    /** @param folder the row's own, below the inbox; it is there */
    void make(Path folder) throws IOException;
}
