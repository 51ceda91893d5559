package org.dropfolder.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where rows are dropped: what takes paths and bytes. */
public interface Inbox {
    /** Each file by its path, beginning with its dataset's folder if it has one. */
    void drop(Map<String, byte[]> files) throws IOException;

    /** What still lies there: the hash of each file's bytes by its path. Notes of the server for people are not among it. */
    Map<String, String> left() throws IOException;

    /** The folder of a disk, where this is one. */
    Optional<Path> disk();

    /** The bucket, where this is a part of one. */
    Optional<Objects> bucket();
}
