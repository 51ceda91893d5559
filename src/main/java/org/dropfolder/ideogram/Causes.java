package org.dropfolder.ideogram;

import java.util.Optional;
import java.util.stream.Stream;

/** Walks from a failure to its causes. */
public final class Causes {

    /** Causes can run in a circle. */
    private static final int DEEPEST = 50;

    private Causes() {
    }

    /** The first of this type, from the outside inwards. */
    public static <T extends Throwable> Optional<T> of(Throwable thrown, Class<T> type) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST).filter(type::isInstance).map(type::cast).findFirst();
    }
}
