package org.dropfolder.server;

import java.nio.file.Path;
import java.util.Map;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.FileAppender;
import org.apache.logging.log4j.core.config.Configuration;

/**
 * The log in a file instead of on the console, until this is closed: for whoever needs the console. It is the whole
 * process's log, so there is one at a time.
 */
public final class LogFile implements AutoCloseable {
    private final LoggerContext context;
    private final Map<String, Appender> before;
    private final Appender file;

    private LogFile(LoggerContext context, Map<String, Appender> before, Appender file) {
        this.context = context;
        this.before = before;
        this.file = file;
    }

    /** Lines look as they did; what the file holds already stays. */
    public static LogFile open(Path path) {
        LoggerContext context = LoggerContext.getContext(false);
        Configuration configuration = context.getConfiguration();
        Map<String, Appender> before = Map.copyOf(configuration.getRootLogger().getAppenders());
        Appender file = FileAppender.newBuilder().setName("file").withFileName(path.toString()).setConfiguration(configuration)
            .setLayout(before.values().stream().map(Appender::getLayout).findFirst().orElse(null)).build();
        file.start();
        LogFile log = new LogFile(context, before, file);
        before.keySet().forEach(name -> configuration.getRootLogger().removeAppender(name));
        configuration.getRootLogger().addAppender(file, null, null);
        context.updateLoggers();
        return log;
    }

    @Override
    public void close() {
        Configuration configuration = context.getConfiguration();
        configuration.getRootLogger().removeAppender(file.getName());
        before.values().forEach(appender -> configuration.getRootLogger().addAppender(appender, null, null));
        context.updateLoggers();
        file.stop();
    }
}
