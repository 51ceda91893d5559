package org.dropfolder.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.dropfolder.ideogram.ApiClient;
import org.dropfolder.ideogram.ApiException;
import org.dropfolder.ideogram.ApiKey;
import org.dropfolder.ideogram.Causes;
import org.dropfolder.ideogram.Contact;
import org.dropfolder.ideogram.Failure;
import org.dropfolder.ideogram.Gate;
import org.dropfolder.pipeline.Words;

/** What one harmless question to the API tells: whether it is there, whether it takes the key, and whose clock is wrong. */
final class Reachability {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final int UNAUTHORIZED = 401;
    private static final String NO_KEY = "none";

    private final Settings.Ideogram ideogram;
    private final Clock clock;

    Reachability(Settings.Ideogram ideogram, Clock clock) {
        this.ideogram = ideogram;
        this.clock = clock;
    }

    /** Of the address, the key and the clock. Takes 15 seconds at most for connecting, and as many for each silence. */
    List<Finding> examine() {
        Duration timeout = ideogram.timeout().compareTo(PATIENCE) < 0 ? ideogram.timeout() : PATIENCE;
        try (ApiClient api = new ApiClient(new ApiKey(this::secret, clock), new Gate(ideogram.inFlight(), clock), timeout)) {
            Contact contact = Contact.with(ideogram.url(), api);
            return List.of(address(contact), key(contact), clock(contact.date()));
        }
    }

    private Finding address(Contact contact) {
        boolean answers = contact.failure().isEmpty() || status(contact) == UNAUTHORIZED;
        return answers ? Finding.good("ideogram", ideogram.url() + " answers")
            : Finding.wrong("ideogram", "ideogram.url is " + ideogram.url() + ": " + trouble(contact.failure().get()));
    }

    private Finding key(Contact contact) {
        try {
            ideogram.keyFile().ifPresent(KeyFile::read);
        } catch (SettingsException unreadable) {
            return Finding.wrong("key", unreadable.getMessage());
        }
        if (ideogram.keyFile().isEmpty() && !ideogram.apiKey().isSet()) {
            return Finding.wrong("key", "ideogram.api-key is not set, so Ideogram would refuse every request: export IDEOGRAM_API_KEY=...");
        }
        if (status(contact) == UNAUTHORIZED) {
            return Finding.wrong("key", Failure.of(contact.failure().get()).sentence());
        }
        return contact.datasets().map(list -> Finding.good("key", "Ideogram takes it; datasets in the account: " + list.datasets().size()))
            .orElseGet(() -> Finding.note("key", "one is set, and could not be tried"));
    }

    /** Where there is none, a word that is refused: what answers, and what its clock says, can be learnt without. */
    private String secret() {
        try {
            Secret key = ideogram.keyFile().map(KeyFile::read).orElse(ideogram.apiKey());
            return key.isSet() ? key.reveal() : NO_KEY;
        } catch (SettingsException unreadable) {
            return NO_KEY;
        }
    }

    private Finding clock(Optional<Instant> date) {
        if (date.isEmpty()) {
            return Finding.note("clock", "could not be compared with Ideogram's");
        }
        Duration ahead = Duration.between(date.get(), clock.instant());
        return ahead.abs().compareTo(SKEW) < 0 ? Finding.good("clock", "agrees with Ideogram's")
            : Finding.wrong("clock", "this machine's clock is " + Words.duration(ahead.abs()) + (ahead.isNegative() ? " behind" : " ahead of")
                + " Ideogram's, so waits and the daily limit are counted wrongly: set it, best by a time server (NTP)");
    }

    private static int status(Contact contact) {
        return contact.failure().flatMap(failure -> Causes.of(failure, ApiException.class)).map(ApiException::status).orElse(0);
    }

    /** What came back, and what to do: nobody repeats this question by itself, as the server does. */
    private static String trouble(Exception failure) {
        if (Causes.of(failure, ApiException.class).isPresent()) {
            return Failure.of(failure).sentence();
        }
        if (Causes.of(failure, JsonProcessingException.class).isPresent()) {
            return "what answers there is not the Ideogram API, but a web page or something else. Set it to the API's own address.";
        }
        String what = failure.getMessage() + ". ";
        if (Causes.of(failure, UnknownHostException.class).isPresent()) {
            return what + "Look how it is spelt, and whether this machine finds names (DNS).";
        }
        if (Causes.of(failure, SocketTimeoutException.class).isPresent()) {
            return what + "Look whether a firewall or a proxy holds requests back.";
        }
        if (Causes.of(failure, SSLException.class).isPresent()) {
            return what + "Look whether it must be https, whether something stands between (a proxy), and at this machine's clock.";
        }
        return what + (Causes.of(failure, ConnectException.class).isPresent() ? "Nothing listens there: look at the address and the port."
            : "Look at the network, and at the address.");
    }
}
