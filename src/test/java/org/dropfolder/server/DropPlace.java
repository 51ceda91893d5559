package org.dropfolder.server;

import java.util.Map;
import org.dropfolder.corpus.Inbox;

/** Where rows are dropped and the server keeps what it took: on a disk, or in a bucket. */
interface DropPlace extends AutoCloseable {
    Inbox inbox();

    /** What lies in {@code pending}, {@code done} or {@code rejected}. */
    Tree shelf(String name);

    /** With which the server looks there. */
    Map<String, String> settings();

    @Override
    void close();
}
