package org.dropfolder.ideogram;

import java.io.IOException;

/** Is told of every request, before it is sent and after. For tests that cut there; the server's own does nothing. */
@FunctionalInterface
public interface Requests {
    /** Lets everything happen. */
    Requests UNDISTURBED = what -> {};

    /**
     * Called before a request is connected and sent.
     *
     * @param what method and path, such as {@code POST /datasets}
     * @throws IOException where it is to fail instead, as if there were no connection
     */
    void before(String what) throws IOException;

    /** Called when its answer begins, or it failed. */
    default void after(String what) { }
}
