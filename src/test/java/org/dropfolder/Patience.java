package org.dropfolder;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets each test wait for as long as a machine may stand still that does other things, too: a wait that is over sooner takes no longer. */
public final class Patience implements BeforeAllCallback {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    @Override
    public void beforeAll(ExtensionContext test) {
        Awaitility.setDefaultTimeout(LONGEST);
    }
}
