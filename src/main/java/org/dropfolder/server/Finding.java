package org.dropfolder.server;

/**
 * What was found of one thing that a server needs.
 *
 * @param subject what it is about, in a word
 * @param words   what was found; where it won't do, with what to do about it
 */
public record Finding(Verdict verdict, String subject, String words) {

    /** Whether it will do. */
    public enum Verdict {
        GOOD,
        /** Nothing is wrong with it, or that could not be found out; still worth knowing. */
        NOTE,
        WRONG
    }

    static Finding good(String subject, String words) {
        return new Finding(Verdict.GOOD, subject, words);
    }

    static Finding note(String subject, String words) {
        return new Finding(Verdict.NOTE, subject, words);
    }

    static Finding wrong(String subject, String words) {
        return new Finding(Verdict.WRONG, subject, words);
    }
}
