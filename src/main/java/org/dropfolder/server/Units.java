package org.dropfolder.server;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How durations and sizes are written in the settings. */
final class Units {
    // nine digits: more than anyone means, and in no unit too large for a long
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(KB|MB|GB)");

    private Units() { }

    /** {@code 300ms}, {@code 5s}, {@code 2m} or {@code 24h}; empty for anything else. */
    static Optional<Duration> duration(String text) {
        Matcher written = DURATION.matcher(text);
        if (!written.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(written.group(1));
        return Optional.of(switch (written.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        });
    }

    /** The bytes of {@code 64KB}, {@code 25MB} or {@code 1GB}, in powers of 1024; empty for anything else. */
    static Optional<Long> bytes(String text) {
        Matcher written = SIZE.matcher(text);
        if (!written.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(written.group(1));
        return Optional.of(switch (written.group(2)) {
            case "KB" -> amount << 10;
            case "MB" -> amount << 20;
            default -> amount << 30;
        });
    }
}
