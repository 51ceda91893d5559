package org.dropfolder.corpus;

/** The codes of the reasons that rows expect, where a row does not name one of its own. */
final class Why {
    static final String EMPTY = "EMPTY";
    /** It ends before it should, or has nothing where something should be. */
    static final String CUT = "ENDS_TOO_EARLY";
    static final String DAMAGED = "DAMAGED";
    static final String NO_IMAGE = "NOT_AN_IMAGE";
    static final String LARGE = "TOO_LARGE";

    private Why() { }
}
