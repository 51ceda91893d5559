package org.dropfolder.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What broke the contract during a test, on whatever thread: the test fails by it. JUnit finds this extension by itself,
 * so it is with every test; the tests of a process run one after the other. Thread safe.
 *
 * <p>What is found when its test is over already makes the next one fail, and names the test that it comes from.
 */
public final class Violations implements BeforeEachCallback, AfterEachCallback {
    private static final LinkedBlockingQueue<String> FOUND = new LinkedBlockingQueue<>();
    private static volatile String test = "no test";

    static String testUnderWay() {
        return test;
    }

    /** @param caused the test that was under way when what found it was started */
    static void add(String caused, String violation) {
        FOUND.add(caused + ": " + violation);
    }

    /** All that were found until now; they are forgotten. */
    static List<String> taken() {
        List<String> all = new ArrayList<>();
        FOUND.drainTo(all);
        return all;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        test = context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName();
    }

    /** After the test's own {@code @AfterEach}, so that its servers are closed by now. */
    @Override
    public void afterEach(ExtensionContext context) {
        List<String> violations = taken();
        if (!violations.isEmpty()) {
            throw new AssertionError(String.join("\n", violations));
        }
    }
}
