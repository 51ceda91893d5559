package org.dropfolder.store;

import java.io.IOException;

/** Is told of every change of a file, before it is made and after. For tests that cut there; the server's own does nothing. */
@FunctionalInterface
public interface Effects {
    /** Lets everything happen. */
    Effects UNDISTURBED = what -> {};

    /**
     * Called before each folder made, and each rename, copy, write and delete of a file.
     *
     * @param what verb and path, such as {@code rename /data/pending/cats/17-photo.jpg}
     * @throws IOException where the change is to fail instead
     */
    void before(String what) throws IOException;

    /** Called when it is made, or failed. */
    default void after(String what) { }
}
