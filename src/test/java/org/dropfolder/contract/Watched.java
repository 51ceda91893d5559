package org.dropfolder.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dropfolder.simulator.Client;
import org.dropfolder.simulator.Interaction;
import org.dropfolder.simulator.Simulator;

/** Servers of tests at which all that goes over the wire is held against the contract. */
public final class Watched {
    private static final Contract CONTRACT = Contract.ofIdeogram();
    private static final int LONGEST_EXCERPT = 1000;

    private Watched() { }

    /** The options with which every test starts its simulator. */
    public static Simulator.Options simulator() {
        return Simulator.Options.defaults().withObserver(observer());
    }

    /**
     * Checks each answer, and each request but those that a test sends by a client of its own, for some are wrong on
     * purpose. What it finds counts for the test that is under way now.
     */
    public static Consumer<Interaction> observer() {
        String test = Violations.testUnderWay();
        return interaction -> {
            if (!interaction.header("User-Agent").equals(Optional.of(Client.NAME))) {
                tell(test, "The server's request", interaction, interaction.body(), CONTRACT.request(interaction));
            }
            interaction.answer().ifPresent(answer -> tell(test, "The simulator's answer " + answer.status() + " to",
                    interaction, answer.body(), CONTRACT.answer(interaction)));
        };
    }

    private static void tell(String test, String what, Interaction interaction, byte[] body, List<String> broken) {
        if (!broken.isEmpty()) {
            String text = new String(body, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " ");
            Violations.add(test, what + " " + interaction.method() + " " + interaction.uri() + " is against the contract: "
                    + String.join("; ", broken) + "\n  " + text.substring(0, Math.min(text.length(), LONGEST_EXCERPT)));
        }
    }
}
