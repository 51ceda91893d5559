package org.dropfolder.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.AbstractStringLayout;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;

/**
 * The log as JSON, an object a line, for programs that gather logs; its fields are those of {@code log-line.json}. It is made only
 * where it is wanted, so that a start without it costs nothing.
 */
final class JsonLog {
    private static final String TEMPLATE = "classpath:log-line.json";
    /** The same on every platform, and the only control character that is left. */
    private static final String LINE_END = "\n";

    private JsonLog() { }

    /** From now on the whole process's log, on the console. */
    static void begin() {
        LoggerContext context = LoggerContext.getContext(false);
        Configuration configuration = context.getConfiguration();
        JsonTemplateLayout json = JsonTemplateLayout.newBuilder().setConfiguration(configuration).setEventTemplateUri(TEMPLATE)
            .setEventDelimiter(LINE_END).build();
        Appender console = ConsoleAppender.newBuilder().setName("json").setTarget(ConsoleAppender.Target.SYSTEM_OUT)
            .setConfiguration(configuration).setLayout(new Printable(json)).build();
        console.start();
        LoggerConfig root = configuration.getRootLogger();
        List.copyOf(root.getAppenders().keySet()).forEach(root::removeAppender);
        root.addAppender(console, null, null);
        context.updateLoggers();
    }

    /** JSON escapes the oldest control characters alone: those of C1, and what turns the direction of a line, would pass raw. */
    private static final class Printable extends AbstractStringLayout {
        private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n]]");

        private final JsonTemplateLayout json;

        Printable(JsonTemplateLayout json) {
            super(StandardCharsets.UTF_8);
            this.json = json;
        }

        @Override
        public String toSerializable(LogEvent event) {
            // the only line end that is left is the one behind the object
            return UNPRINTABLE.matcher(json.toSerializable(event)).replaceAll("?");
        }

        @Override
        public String getContentType() {
            return json.getContentType();
        }
    }
}
