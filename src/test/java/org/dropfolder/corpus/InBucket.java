package org.dropfolder.corpus;

/** What only a bucket can have: an object by parts, or something that happens while the server works on one. */
@FunctionalInterface
public interface InBucket {
    /** @param folder the row's own, with a slash behind it */
    void make(Objects bucket, String folder);
}
