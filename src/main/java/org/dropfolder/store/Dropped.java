package org.dropfolder.store;

import java.time.Instant;

/**
 * A file as it stands now.
 *
 * @param source   its location, in the inbox or in the data
 * @param size     in bytes
 * @param modified when its content changed last, as finely as the file system notes it
 */
public record Dropped(String source, long size, Instant modified) {}
