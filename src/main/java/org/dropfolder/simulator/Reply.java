package org.dropfolder.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** What a request gets, and how much of it reaches the client. */
record Reply(int status, Map<String, String> headers, byte[] body, Delivery delivery) {

    enum Delivery { WHOLE, HALF, NONE }

    /** The connection is closed without an answer. */
    static final Reply NONE = new Reply(0, Map.of(), new byte[0], Delivery.NONE);

    static Reply json(int status, JsonNode json) {
        return new Reply(status, Map.of("Content-Type", "application/json"), Json.bytes(json), Delivery.WHOLE);
    }

    /** An error in the shape that the simulator gives all of them; the contract gives them none. */
    static Reply error(int status, String message) {
        return json(status, Json.object().put("message", message));
    }

    Reply header(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Reply(status, Map.copyOf(more), body, delivery);
    }

    Reply body(byte[] other) {
        return new Reply(status, headers, other, delivery);
    }

    Reply half() {
        return new Reply(status, headers, body, Delivery.HALF);
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
