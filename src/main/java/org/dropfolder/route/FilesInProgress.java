package org.dropfolder.route;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The files that are being taken, in memory: each for the moment of its exchange. Camel's own repository is a cache of
 * bounded size that takes nothing any more once a hundred thousand files were seen.
 */
public final class FilesInProgress extends ServiceSupport implements IdempotentRepository {
    private final Set<String> files = ConcurrentHashMap.newKeySet();

    @Override
    public boolean add(String file) {
        return files.add(file);
    }

    @Override
    public boolean contains(String file) {
        return files.contains(file);
    }

    @Override
    public boolean remove(String file) {
        return files.remove(file);
    }

    /** The exchange has ended: a file that is there again is another one, or was not taken. */
    @Override
    public boolean confirm(String file) {
        return remove(file);
    }

    @Override
    public void clear() {
        files.clear();
    }
}
