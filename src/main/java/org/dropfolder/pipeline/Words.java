package org.dropfolder.pipeline;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.dropfolder.image.Sizes;

/** Times, rates and failures as people write them. */
public final class Words {
    private Words() { }

    public static String images(int count) {
        return count == 1 ? "1 image" : count + " images";
    }

    /** {@code 1.5 s}, {@code 42 s}, {@code 7 min} or {@code 3 h}. */
    public static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 10_000 && millis % 1000 != 0) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long seconds = Math.round(millis / 1000.0);
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    /**
     * What we tried, what came back, and what to do. A store that says all of that itself is taken at its word.
     *
     * @param tried  such as {@code move a to b}
     * @param advice a sentence, for what does not say it
     */
    static String failure(String tried, Exception failure, String advice) {
        String told = String.valueOf(failure.getMessage());
        boolean whole = told.startsWith("Could not ") && told.endsWith(".");
        return whole ? told : "Could not " + tried + ": " + told + ". " + advice;
    }

    /**
     * How far an upload is: {@code 312.5 MB of 1.2 GB sent, 8.4 MB/s, about 2 min left}.
     *
     * @param rate bytes in a second
     * @param left until all is sent, where that is known
     */
    public static String progress(long bytes, long of, long rate, Optional<Duration> left) {
        if (bytes >= of) {
            return Sizes.human(of) + " sent, waiting for the answer";
        }
        return Sizes.human(bytes) + " of " + Sizes.human(of) + " sent, " + (rate > 0 ? Sizes.human(rate) + "/s" : "standing still")
            + left.map(time -> ", about " + duration(time) + " left").orElse("");
    }

    public static String rate(long bytes, Duration duration) {
        return Sizes.human(bytes * 1000 / Math.max(1, duration.toMillis())) + "/s";
    }
}
