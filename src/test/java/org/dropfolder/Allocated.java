package org.dropfolder;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Bytes of the heap that work on this thread asks for, whether or not they are let go of at once: what a collector is kept busy with. */
public final class Allocated {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int TRIES = 3;

    private Allocated() { }

    /** What is to be done; the same each time. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /** The least of a few times: at the first, classes are loaded. */
    public static long by(Work work) throws Exception {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
