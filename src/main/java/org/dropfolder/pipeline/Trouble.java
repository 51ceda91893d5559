package org.dropfolder.pipeline;

import java.time.Instant;

/**
 * Something that stands in the way of everything, and not of one dataset alone.
 *
 * @param words what it is and what to do, for people; without the name of a file, folder or dataset, and never the key
 */
public record Trouble(Of of, Instant since, String words) {

    /** What all depends on. */
    public enum Of {
        KEY("The key"), LEDGER("The ledger"), INBOX("The inbox"), DATA("The data folder");

        private final String name;

        Of(String name) {
            this.name = name;
        }

        /** As a sentence begins. */
        @Override
        public String toString() {
            return name;
        }
    }
}
