package org.dropfolder.image;

import java.io.IOException;
import java.io.InputStream;

/** Opens images about which their structure leaves a doubt. Thread safe: one at a time is opened in the process. */
public final class Decoder {
    private Decoder() {}

    /** Where a file's bytes come from, as often as they are wanted. */
    @FunctionalInterface
    public interface Source {
        /** @throws IOException if it can't be opened */
        InputStream open() throws IOException;
    }

    /**
     * What {@link Probe#read} says of these bytes, with its doubt resolved: never {@link Condition#DOUBTFUL}.
     *
     * @throws IOException if they can't be read
     */
    public static Content read(Source source) throws IOException {
        Content content;
        try (InputStream stream = source.open()) {
            content = Probe.read(stream);
        }
        return content.condition() == Condition.DOUBTFUL ? content.but(Condition.WHOLE) : content;
    }
}
