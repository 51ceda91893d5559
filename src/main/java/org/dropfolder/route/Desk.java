package org.dropfolder.route;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.dropfolder.image.FileNames;
import org.dropfolder.pipeline.Answer;
import org.dropfolder.pipeline.Delivery;
import org.dropfolder.pipeline.Order;
import org.dropfolder.pipeline.Receipt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where orders and files come in over HTTP: what they say, and how they are answered. Whoever comes here has passed the
 * {@link Door}. It reads the address as it was sent, since headers and parameters of any name come from outside. Thread safe.
 */
public final class Desk {
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
    private static final Pattern PATH = Pattern.compile("/api/datasets/([^/?]+)/[a-z]+(?:\\?.*)?");
    private static final int LONGEST = 2_000;
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int TIMEOUT = 408;
    private static final int CONFLICT = 409;
    private static final int TOO_LARGE = 413;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;

    private final Token token;
    private final Duration patience;

    /** @param patience with who brings a file: so long it is waited for each 64 KB of it */
    public Desk(Token token, Duration patience) {
        this.token = token;
        this.patience = patience;
    }

    /**
     * What a file that came is answered with.
     *
     * @param source where it lies in the inbox
     */
    public record Dropped(boolean done, String message, String source) { }

    /** What the request orders. */
    public Order order(Exchange exchange) {
        String query = exchange.getMessage().getHeader(Exchange.HTTP_QUERY, "", String.class);
        return new Order(dataset(exchange.getMessage()), Arrays.asList(query.split("&")).contains("again=true"));
    }

    /** Answers what was ordered, and says so in the log. */
    public void answer(Exchange exchange) {
        Answer answer = exchange.getMessage().getBody(Answer.class);
        LOG.info("{} by a person: {}", answer.done() ? "Ordered" : "Asked, and refused,", answer.message());
        int status = switch (answer.outcome()) {
            case DONE -> OK;
            case REFUSED -> CONFLICT;
            case UNKNOWN -> NOT_FOUND;
        };
        say(exchange.getMessage(), status, new Said(answer.done(), answer.message()));
    }

    /** The file that the request brings; its bytes come while they are read. */
    public Delivery delivery(Exchange exchange) {
        Message message = exchange.getMessage();
        Address address = Address.of(message);
        String length = message.getHeader(Exchange.CONTENT_LENGTH, "", String.class);
        return new Delivery(address.part(2), address.part(4),
            length.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(length)) : OptionalLong.empty(),
            new RequestBody(message.getBody(HttpServerRequest.class), patience));
    }

    /** Answers who brought a file. */
    public void receipt(Exchange exchange) {
        Receipt receipt = exchange.getMessage().getBody(Receipt.class);
        Message answer = exchange.getMessage();
        LOG.info("{}", receipt.message());
        int status = switch (receipt.outcome()) {
            case ARRIVED -> CREATED;
            case REFUSED -> BAD_REQUEST;
            case TOO_LARGE -> TOO_LARGE;
            case BROKEN_OFF -> BAD_REQUEST;
            case TOO_SLOW -> TIMEOUT;
            case FAILED -> FAILED;
            case BUSY -> UNAVAILABLE;
        };
        if (receipt.outcome() == Receipt.Outcome.BUSY) {
            answer.setHeader("Retry-After", 1);
        }
        say(answer, status, receipt.source().<Object>map(source -> new Dropped(true, receipt.message(), source))
            .orElseGet(() -> new Said(false, receipt.message())));
    }

    /** Hands a browser whose page has the token the pass with which it may ask for pictures and events. */
    public void handOut(Exchange exchange) {
        Message message = exchange.getMessage();
        boolean encrypted = message.getHeader("Origin", "", String.class).startsWith("https:");
        message.removeHeaders("*");
        message.setHeader("Set-Cookie", token.passName() + "=" + token.pass() + "; Path=/api; HttpOnly; SameSite=Strict"
            + (encrypted ? "; Secure" : ""));
        say(message, OK, new Said(true, "This browser may look."));
    }

    /** Answers whom something unforeseen befell, without a word of what it was: that is in the log. */
    public void failed(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        LOG.warn("Could not answer a request for {}: {}", exchange.getFromRouteId(), FileNames.printable(failure.toString(), LONGEST));
        LOG.debug("It came from here", failure);
        exchange.getMessage().removeHeaders("*");
        say(exchange.getMessage(), FAILED, new Said(false, "The server could not do it. Its log says why."));
    }

    private static void say(Message message, int status, Object said) {
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setBody(said);
    }

    /** The name as the folder has it; empty, which is no dataset's, where the address has none. */
    private static String dataset(Message message) {
        Matcher path = PATH.matcher(message.getHeader(Exchange.HTTP_URI, "", String.class));
        return path.matches() ? Address.decoded(path.group(1)) : "";
    }
}
