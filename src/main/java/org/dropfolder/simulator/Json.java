package org.dropfolder.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;

/** Reads the JSON of requests, strictly, and writes that of answers. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    /** Far more than any request of the contract needs, in bytes. */
    private static final int LONGEST = 64 * 1024;

    private Json() { }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** What {@link #bytes} wrote. */
    static JsonNode parse(byte[] bytes) throws IOException {
        return MAPPER.readTree(bytes);
    }

    /**
     * The object in the body of a request.
     *
     * @throws Refusal     where the body is of another type, too long, broken, or no object
     * @throws IOException where the client is gone
     */
    static JsonNode object(HttpExchange exchange) throws IOException, Refusal {
        String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")).orElse("");
        if (!type.split(";")[0].strip().toLowerCase(Locale.ROOT).equals("application/json")) {
            throw Refusal.badRequest("The Content-Type must be application/json, not '" + type + "'.");
        }
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST + 1);
        if (body.length > LONGEST) {
            throw Refusal.badRequest("The body is longer than " + LONGEST + " bytes.");
        }
        try {
            JsonNode json = MAPPER.readTree(body);
            if (!json.isObject()) {
                throw Refusal.badRequest("The body must be a JSON object.");
            }
            return json;
        } catch (JsonProcessingException broken) {
            throw Refusal.badRequest("The body is not JSON: " + broken.getOriginalMessage() + ".");
        }
    }

    /** A text that must be there, and not blank. */
    static String text(JsonNode json, String field) throws Refusal {
        JsonNode value = json.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw Refusal.badRequest("The field '" + field + "' must be a text that is not empty.");
        }
        return value.textValue();
    }
}
