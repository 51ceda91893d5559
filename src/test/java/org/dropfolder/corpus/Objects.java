package org.dropfolder.corpus;

/** What a bucket takes beside plain drops. Keys begin in the inbox. */
public interface Objects {
    void put(String key, byte[] bytes);

    /** By a multipart upload, whose tag is no hash of the content. */
    void putInParts(String key, byte[] bytes);

    /** A moment in the life of an object. */
    enum Moment {
        /** Its reading has begun. */
        READ,
        /** Its copying comes next. */
        COPY,
        /** It is copied, and its deleting comes next. */
        COPIED
    }

    /** Does something at that moment, the first time that it comes. */
    void once(Moment moment, String key, Runnable act);

    /** Does something between two requests of a listing of the inbox, the first time that one comes. */
    void onceListed(Runnable act);
}
