package org.dropfolder.ideogram;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** Is told how each request that was made ended: for whoever counts them. Must be thread safe, quick, and throw nothing. */
@FunctionalInterface
public interface Calls {
    /** Counts nothing. */
    Calls UNCOUNTED = (call, outcome, took) -> { };

    /**
     * Called once for each request, when its answer was read to the end, or it failed.
     *
     * @param took without the wait at the gate
     */
    void ended(Call call, Outcome outcome, Duration took);

    /** What is asked of the API. */
    enum Call {
        LIST_DATASETS("GET .*/datasets"), CREATE_DATASET("POST .*/datasets"), GET_DATASET("GET .*/datasets/[^/]+"),
        UPLOAD_ASSETS("POST .*/upload_assets"), TRAIN_MODEL("POST .*/train-model(-advanced)?"),
        LIST_MODELS("GET .*/models"), GET_MODEL("GET .*/models/[^/]+"),
        DESCRIBE("POST .*/describe"), GENERATE("POST .*/generate"), OTHER(".*");

        private final Pattern pattern;

        Call(String pattern) {
            this.pattern = Pattern.compile(pattern);
        }

        static Call of(String method, String path) {
            String what = method + " " + path.replaceFirst("\\?.*", "");
            for (Call call : values()) {
                if (call.pattern.matcher(what).matches()) {
                    return call;
                }
            }
            return OTHER;
        }

        /** As the routes call it: {@code upload-assets}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** How a request ended. */
    enum Outcome {
        /** It was answered with 2xx. */
        DONE,
        /** It was answered with 4xx, or 3xx. */
        REFUSED,
        /** It was answered with 5xx. */
        FAILED,
        /** It was not sent to its end. */
        UNSENT,
        /** It was sent, and its answer did not come, or not whole. */
        LOST;

        static Outcome of(int status) {
            return status / 100 == 2 ? DONE : status / 100 == 5 ? FAILED : REFUSED;
        }

        /** In lower case. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
