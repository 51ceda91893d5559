package org.dropfolder.store;

import java.time.Instant;

/**
 * A file as it stands now.
 *
 * @param source   its location, in the inbox or in the data
 * @param size     in bytes
 * @param modified when its content changed last, as finely as the file system notes it; copies and moves set it as they like
 * @param changed  when anything of it changed last, its name and its times among it: nobody can set this. The same as
 *                 {@code modified} where the file system does not note it
 * @param version  tells this content from another of the same size and times at the same location; empty where nothing
 *                 does. A move may give it another one
 */
public record Dropped(String source, long size, Instant modified, Instant changed, String version) {
    /** One of a file system, which tells contents apart by size and times alone. */
    public Dropped(String source, long size, Instant modified, Instant changed) {
        this(source, size, modified, changed, "");
    }

    /** One of a file system that notes one time alone. */
    public Dropped(String source, long size, Instant modified) {
        this(source, size, modified, modified);
    }
}
