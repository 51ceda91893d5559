package org.dropfolder.demo;

import java.util.Optional;

/**
 * A file that is dropped.
 *
 * @param caption the text that is dropped with it, in a file of its stem
 */
record Sample(String name, byte[] content, Optional<String> caption) {

    /** The name of its caption's file. */
    String captionName() {
        return name.substring(0, name.lastIndexOf('.')) + ".txt";
    }
}
