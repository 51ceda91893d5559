package org.dropfolder.image;

import java.io.IOException;

/** A file's bytes, which pass by once, block by block, and are looked at by several. */
@FunctionalInterface
interface Passing {
    /**
     * The next bytes.
     *
     * @return how many of them stand at the beginning of {@code into}; 0 at the end
     * @throws IOException what their source throws, then and from then on
     */
    int next(byte[] into) throws IOException;

    /** Of how many bytes a block is, at most. */
    int BLOCK = 128 * 1024;
}
