package org.dropfolder.server;

/** A text that no log, page or exception may show: it prints as {@code ***}. Immutable. */
public final class Secret {
    /** No secret was set. */
    public static final Secret NONE = new Secret("");

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** Keeps {@code text}; the empty text is no secret. */
    public static Secret of(String text) {
        return text.isEmpty() ? NONE : new Secret(text);
    }

    public boolean isSet() {
        return !text.isEmpty();
    }

    /** The text itself, for the one place that sends it. Named so that a search finds every use; empty where none was set. */
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "***";
    }
}
