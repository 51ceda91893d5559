package org.dropfolder.route;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.dropfolder.pipeline.Answer;
import org.dropfolder.pipeline.Order;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where orders come in over HTTP: who may give them, what they say, and how they are answered. It reads the address as
 * it was sent, since headers and parameters of any name come from outside. Thread safe.
 */
public final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final String BEARER = "Bearer ";
    private static final Pattern PATH = Pattern.compile("/api/datasets/([^/?]+)/[a-z]+(?:\\?.*)?");
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final byte[] token;

    /** @param token whoever sends it may steer */
    public Door(String token) {
        this.token = bytes(token);
    }

    /**
     * What an order is answered with.
     *
     * @param message for people
     */
    public record Said(boolean done, String message) { }

    /** Whether the request bears the token. Takes as long for a wrong one as for the right one. */
    public boolean admits(Exchange exchange) {
        String given = exchange.getMessage().getHeader("Authorization", "", String.class);
        return given.regionMatches(true, 0, BEARER, 0, BEARER.length())
            && MessageDigest.isEqual(token, bytes(given.substring(BEARER.length())));
    }

    /** What the request orders. */
    public Order order(Exchange exchange) {
        String query = exchange.getMessage().getHeader(Exchange.HTTP_QUERY, "", String.class);
        return new Order(dataset(exchange.getMessage()), Arrays.asList(query.split("&")).contains("again=true"));
    }

    /** Turns away who has no token. */
    public void turnAway(Exchange exchange) {
        Message answer = exchange.getMessage();
        answer.setHeader("WWW-Authenticate", "Bearer");
        say(answer, UNAUTHORIZED, new Said(false, "Steering needs the token: send Authorization: Bearer <token>, "
            + "with the token in dropfolder.lock in the data folder."));
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

    private static void say(Message message, int status, Said said) {
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setBody(said);
    }

    /** The name as the folder has it; empty, which is no dataset's, where the address has none. */
    private static String dataset(Message message) {
        Matcher path = PATH.matcher(message.getHeader(Exchange.HTTP_URI, "", String.class));
        return path.matches() ? Address.decoded(path.group(1)) : "";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
