package org.dropfolder.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a request gets, and how much of it reaches the client.
 *
 * @param byFault whether it is other than what was asked for would have got
 */
record Reply(int status, Map<String, String> headers, byte[] body, Delivery delivery, boolean byFault) {

    enum Delivery { WHOLE, HALF, NONE }

    /** The connection is closed without an answer. */
    static final Reply NONE = new Reply(0, Map.of(), new byte[0], Delivery.NONE, true);

    static Reply json(int status, JsonNode json) {
        return new Reply(status, Map.of("Content-Type", "application/json"), Json.bytes(json), Delivery.WHOLE, false);
    }

    static Reply file(String type, byte[] bytes) {
        return new Reply(200, Map.of("Content-Type", type), bytes, Delivery.WHOLE, false);
    }

    /** An error in the shape that the simulator gives all of them; the contract gives them none. */
    static Reply error(int status, String message) {
        return json(status, Json.object().put("message", message));
    }

    /** By a fault, an answer without a body. */
    static Reply fault(int status) {
        return new Reply(status, Map.of(), new byte[0], Delivery.WHOLE, true);
    }

    Reply header(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Reply(status, Map.copyOf(more), body, delivery, byFault);
    }

    /** By a fault, with another body. */
    Reply body(byte[] other) {
        return new Reply(status, headers, other, delivery, true);
    }

    /** By a fault, cut off in the middle. */
    Reply half() {
        return new Reply(status, headers, body, Delivery.HALF, true);
    }

    boolean isSent() {
        return delivery != Delivery.NONE;
    }

    /** How many bytes of the body reach the client, where anything does. */
    int sentBytes() {
        return delivery == Delivery.HALF ? body.length / 2 : body.length;
    }

    OptionalInt sentStatus() {
        return isSent() ? OptionalInt.of(status) : OptionalInt.empty();
    }
}
