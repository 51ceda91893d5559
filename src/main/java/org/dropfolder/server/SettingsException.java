package org.dropfolder.server;

/**
 * A setting, or what a setting points at, keeps Dropfolder from starting. The message is one line for a person: it names
 * the key, the value that came, and what it may be or what to do. The command ends with exit code 2.
 */
public final class SettingsException extends RuntimeException {

    /** Control characters of the message become spaces, so that it is one line whatever the value held. */
    public SettingsException(String message) {
        super(message.replaceAll("\\p{Cntrl}+", " "));
    }
}
