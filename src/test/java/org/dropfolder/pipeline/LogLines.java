package org.dropfolder.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What a class says in the log while this is open. */
final class LogLines extends AbstractAppender implements AutoCloseable {
    private final List<String> lines = new ArrayList<>();
    private final Logger logger;

    LogLines(Class<?> of) {
        super("lines of " + of.getSimpleName(), null, null, true, Property.EMPTY_ARRAY);
        start();
        logger = (Logger) LogManager.getLogger(of);
        logger.addAppender(this);
        logger.setAdditive(false);
    }

    @Override
    public synchronized void append(LogEvent event) {
        lines.add(event.getMessage().getFormattedMessage());
    }

    synchronized List<String> containing(String words) {
        return lines.stream().filter(line -> line.contains(words)).toList();
    }

    @Override
    public void close() {
        logger.setAdditive(true);
        logger.removeAppender(this);
        stop();
    }
}
