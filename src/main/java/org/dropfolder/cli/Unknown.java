package org.dropfolder.cli;

import java.util.List;
import org.dropfolder.image.FileNames;
import org.dropfolder.server.Settings;

/** What is said where nothing is known of what was typed. */
final class Unknown {
    private Unknown() { }

    /** @param alike names that may have been meant */
    static String dataset(WhichRun run, Settings settings, String typed, List<String> alike) {
        String name = FileNames.printable(typed);
        return "nothing was ever dropped for '" + name + "'" + (alike.isEmpty()
            ? ": drop images into " + settings.folders().inbox() + "/" + name + "/"
            : "; there is " + String.join(", ", alike.stream().map(known -> "'" + FileNames.printable(known) + "'").toList()))
            + hint(run);
    }

    static String file(WhichRun run, Settings settings, String typed) {
        return "nothing is known of a file '" + FileNames.printable(typed) + "', and it does not lie in " + settings.folders().inbox()
            + ": look how it is spelled" + hint(run);
    }

    private static String hint(WhichRun run) {
        return run.simulatedIsThere() ? "; for the simulated run add --simulate" : "";
    }
}
