package org.dropfolder.demo;

/** Where the demo is shown. Thread safe. */
public interface Screen extends AutoCloseable {

    /** A line that stays. */
    void tell(Line line);

    /**
     * What is under way, where it can be shown and taken away again; elsewhere nothing.
     *
     * @param share of the whole way that is done, 0 to 1
     */
    void now(String doing, double share);

    /** Nothing is under way any more. May be called again. */
    @Override
    void close();
}
