package org.dropfolder.pipeline;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What a class says in the log while this is open, with the traces of what went wrong. */
public final class LogLines extends AbstractAppender implements AutoCloseable {
    private final List<String> lines = new ArrayList<>();
    private final Logger logger;

    public LogLines(Class<?> of) {
        this(of.getName());
    }

    /** @param name of the logger; empty for all that is said */
    public LogLines(String name) {
        super("lines of " + name, null, null, true, Property.EMPTY_ARRAY);
        start();
        logger = (Logger) (name.isEmpty() ? LogManager.getRootLogger() : LogManager.getLogger(name));
        logger.addAppender(this);
        logger.setAdditive(false);
    }

    @Override
    public synchronized void append(LogEvent event) {
        lines.add(event.getMessage().getFormattedMessage() + trace(event.getThrown()));
    }

    public synchronized List<String> containing(String words) {
        return lines.stream().filter(line -> line.contains(words)).toList();
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        if (thrown != null) {
            thrown.printStackTrace(new PrintWriter(trace));
        }
        return trace.toString();
    }

    @Override
    public void close() {
        logger.setAdditive(true);
        logger.removeAppender(this);
        stop();
    }
}
