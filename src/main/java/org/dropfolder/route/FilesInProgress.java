package org.dropfolder.route;

import java.util.function.UnaryOperator;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.dropfolder.pipeline.Stillness;

/**
 * The files that are in hand, in memory: each from the look that found it until its exchange has ended. Camel's own repository is a
 * cache of bounded size that takes nothing any more once a hundred thousand files were seen.
 */
public final class FilesInProgress extends ServiceSupport implements IdempotentRepository {
    private final Stillness stillness;
    private final UnaryOperator<String> location;

    /** @param location where a file lies below the inbox, by the key that its endpoint has for it */
    public FilesInProgress(Stillness stillness, UnaryOperator<String> location) {
        this.stillness = stillness;
        this.location = location;
    }

    @Override
    public boolean add(String file) {
        return stillness.takeInHand(location.apply(file));
    }

    @Override
    public boolean contains(String file) {
        return stillness.isInHand(location.apply(file));
    }

    @Override
    public boolean remove(String file) {
        return stillness.letGo(location.apply(file));
    }

    /** The exchange has ended: a file that is there again is another one, or was not taken. */
    @Override
    public boolean confirm(String file) {
        return remove(file);
    }

    @Override
    public void clear() {
        stillness.letAllGo();
    }
}
