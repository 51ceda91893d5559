package org.dropfolder.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.BiFunction;
import org.dropfolder.ledger.LedgerException;
import org.dropfolder.pipeline.Answer;
import org.dropfolder.pipeline.Order;
import org.dropfolder.pipeline.Steward;

/**
 * Brings a person's order to the server that works on the data folder, as its lock file tells. Where none does, the order
 * is written into the ledger here, with the lock held for that moment, and the next start goes on from it.
 */
public final class Messenger {
    private static final Clock CLOCK = Clock.tickMillis(ZoneOffset.UTC);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** All that was set aside is read once more before the answer comes. */
    private static final Duration ANSWER = Duration.ofMinutes(30);
    private static final int UNAUTHORIZED = 401;

    private final Settings settings;

    public Messenger(Settings settings) {
        this.settings = settings;
    }

    /**
     * What became of an order.
     *
     * @param message in sentences, for a person
     */
    public record Reply(boolean done, String message) { }

    /**
     * Orders a dataset's training.
     *
     * @param again whether one that has its model is to be trained once more
     * @throws SettingsException if there is no ledger, or the data folder or the ledger can't be used
     */
    public Reply train(String dataset, boolean again) {
        return bring(new Order(dataset, again), "train" + (again ? "?again=true" : ""), Steward::train);
    }

    /** Orders another try for what was set aside or is in doubt. Throws what {@link #train} throws. */
    public Reply retry(String dataset) {
        return bring(new Order(dataset, false), "retry", Steward::retry);
    }

    private Reply bring(Order order, String what, BiFunction<Steward, Order, Answer> here) {
        Settings.Folders folders = settings.folders();
        if (!Files.exists(folders.ledgerFile())) {
            // opening one that is not there would begin it, in whatever folder this is
            throw new SettingsException("there is no ledger " + folders.ledgerFile()
                + " yet: start the server first; for a dataset of a simulated run add --simulate");
        }
        Optional<DataLock> lock = DataLock.tryTake(folders, Holder.thisProcess("", CLOCK));
        if (lock.isEmpty()) {
            return DataLock.holderOf(folders).map(holder -> send(holder, order, what)).orElseGet(() -> no("Another process works on "
                + folders.data() + ", and its " + DataLock.NAME + " can't be read: run this as the user who started it."));
        }
        try (DataLock ours = lock.get(); Wiring wiring = new Wiring(settings, ours.holder().token(), CLOCK, Seam.UNDISTURBED)) {
            Answer answer = here.apply(wiring.steward(), order);
            return new Reply(answer.done(), answer.message()
                + (answer.done() ? " No server runs now: its next start goes on with this." : ""));
        } catch (LedgerException e) {
            throw new SettingsException(e.getMessage());
        }
    }

    private Reply send(Holder holder, Order order, String what) {
        if (holder.url().isEmpty()) {
            return no("Another command works on " + settings.folders().data() + " now (" + holder + "). Try again in a moment.");
        }
        if (!holder.runsHere()) {
            return no("The server that works on " + settings.folders().data() + " runs on another machine (" + holder
                + "). Say it there.");
        }
        // a name of dots would be taken for a folder's parent
        String name = URLEncoder.encode(order.dataset(), StandardCharsets.UTF_8).replace("+", "%20").replace(".", "%2E");
        HttpRequest request = HttpRequest.newBuilder(URI.create(holder.url() + "/api/datasets/" + name + "/" + what))
            .header("Authorization", "Bearer " + holder.token()).timeout(ANSWER).POST(BodyPublishers.noBody()).build();
        HttpClient client = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).connectTimeout(CONNECT).build();
        try {
            return read(holder, client.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            return no("The server does not answer (" + holder + "): it is starting or stopping, or has just ended. "
                + "Try again in a moment.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return no("The order was broken off; whether it was carried out, the status tells.");
        }
    }

    private static Reply read(Holder holder, HttpResponse<String> answer) {
        if (answer.statusCode() == UNAUTHORIZED) {
            return no("What answers at " + holder.url() + " does not know the token in " + DataLock.NAME
                + ": it is another server. Look which one listens there.");
        }
        try {
            JsonNode said = new ObjectMapper().readTree(answer.body());
            if (said.path("done").isBoolean() && said.path("message").isTextual()) {
                return new Reply(said.get("done").asBoolean(), said.get("message").asText());
            }
        } catch (JsonProcessingException notJson) {
            return strange(holder, answer);
        }
        return strange(holder, answer);
    }

    private static Reply strange(Holder holder, HttpResponse<String> answer) {
        return no("The server could not do it (" + holder + "): it answered " + answer.statusCode() + ". Its log says why.");
    }

    private static Reply no(String message) {
        return new Reply(false, message);
    }
}
