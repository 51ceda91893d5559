package org.dropfolder.ideogram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The few words of a foreign text that fit into a sentence of ours. Error bodies have no schema [ref: "any"], so
 * whatever they hold is borne: JSON of any shape, an HTML page, half of either, nothing.
 */
final class Excerpt {

    private static final int LONGEST = 200;
    private static final List<String> TELLING = List.of("message", "error", "detail", "title", "msg");
    private static final Pattern UNSEEN =
            Pattern.compile("(?is)<(script|style|head)\\b.*?</\\1\\s*>|<!--.*?-->|</?[a-z!][^>]*>?");
    private static final Pattern CONTROL_OR_SPACE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Z}\\s]+");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Excerpt() {
    }

    /** The text on one line, without control characters, cut to 200 characters. */
    static String of(String text) {
        String line = CONTROL_OR_SPACE.matcher(text).replaceAll(" ").strip();
        int length = line.codePointCount(0, line.length());
        return length <= LONGEST ? line : line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }

    /**
     * What an error body says: of JSON the field that tells most, of a page its text; may be empty.
     *
     * @param secret is not in it, however the body spells it; empty for none
     */
    static String ofErrorBody(String body, String secret) {
        String text = told(body).orElseGet(() -> UNSEEN.matcher(body).replaceAll(" "));
        return of(secret.isEmpty() ? text : text.replace(secret, "***"));
    }

    private static Optional<String> told(String body) {
        try {
            return Optional.ofNullable(MAPPER.readTree(body)).map(Excerpt::told).filter(text -> !text.isBlank());
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    private static String told(JsonNode node) {
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(Excerpt::told).filter(text -> !text.isBlank()).collect(Collectors.joining("; "));
        }
        if (node.isObject()) {
            return TELLING.stream().map(node::get).filter(Objects::nonNull)
                    .map(Excerpt::told).filter(text -> !text.isBlank()).findFirst().orElse("");
        }
        return node.isNull() || node.isBoolean() ? "" : node.asText();
    }
}
