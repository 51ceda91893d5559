package org.dropfolder.server;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Files below one point, wherever they lie: in a folder of a disk, or under a prefix of a bucket. Not thread safe. */
interface Tree {
    /** The hash of each file's bytes by its path; of what has none, what it is. What vanishes meanwhile is left out. */
    Map<String, String> hashes() throws IOException;

    /** None of what vanished. */
    Optional<byte[]> bytes(String path) throws IOException;
}
