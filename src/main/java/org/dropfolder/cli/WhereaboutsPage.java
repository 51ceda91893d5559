package org.dropfolder.cli;

import java.time.Instant;
import java.util.List;
import org.dropfolder.status.Whereabouts;
import picocli.CommandLine.Help.Ansi.Style;

/** Where files are, for people: the answer first. */
final class WhereaboutsPage {
    private static final int INDENT = 2;

    private final Screen screen;
    private final Moments moments;

    WhereaboutsPage(Screen screen, Moments moments) {
        this.screen = screen;
        this.moments = moments;
    }

    void print(List<Whereabouts> found) {
        for (Whereabouts file : found) {
            screen.say(file.dropped(), Style.bold);
            screen.say(INDENT, file.is(), file.state().equals("REJECTED") ? new Style[] {Style.fg_yellow} : new Style[0]);
            screen.say(INDENT, "It lies at " + file.lies());
            if (!file.next().isEmpty()) {
                screen.say(INDENT, file.dataset() + ": " + file.next()
                    + (file.at() == null ? "" : " (" + moments.due(Instant.parse(file.at())) + ")"));
            }
        }
    }
}
