package org.dropfolder.demo;

/**
 * Something that happened, for people.
 *
 * @param label a word or two, for the margin
 */
public record Line(Tone tone, String label, String text) {

    /** How a line is to be taken. */
    public enum Tone {
        /** What comes now. */
        TITLE,
        /** It goes on. */
        PLAIN,
        /** It went well. */
        GOOD,
        /** Somebody has to know this. */
        CARE,
        /** What all this was for. */
        RESULT
    }
}
