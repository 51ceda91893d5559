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
 */
public record Dropped(String source, long size, Instant modified, Instant changed) {
    /** One of a file system that notes one time alone. */
    public Dropped(String source, long size, Instant modified) {
        this(source, size, modified, modified);
    }
}
