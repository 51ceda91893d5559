package org.dropfolder.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.function.Function;

/** Tables that statements read as JSON, so that one statement does for many rows. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() { }

    /** An array for each, of its columns. */
    static <T> String rows(List<T> all, Function<T, List<Object>> columns) {
        try {
            return MAPPER.writeValueAsString(all.stream().map(columns).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
