package org.dropfolder.ideogram;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * How the records of this package are read and written.
 *
 * <p>Names are {@code snake_case}, unknown fields are ignored, and an optional field that is null or missing is an
 * empty Optional or an empty list. A required field that is null or missing makes reading throw a
 * {@link JsonMappingException}: such an answer proves nothing.
 */
public final class Json {

    private Json() {
    }

    /** A mapper of its own for each caller; safe for use by many threads once it is no longer configured. */
    public static ObjectMapper mapper() {
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addModule(new SimpleModule("ideogram")
                        .addDeserializer(Optional.class, new OptionalReader(null))
                        .addSerializer(Optional.class, new OptionalWriter())
                        .addDeserializer(OptionalLong.class, new NumberReader<>(OptionalLong.empty(), OptionalLong::of))
                        .addDeserializer(OptionalInt.class, new NumberReader<>(OptionalInt.empty(), Json::optionalInt))
                        .addDeserializer(Instant.class, new InstantReader()))
                .build();
    }

    /** The value of a field without which the answer can't be used. */
    static <T> T required(String field, T value) {
        if (value == null) {
            throw new IllegalArgumentException("the answer has no " + field);
        }
        return value;
    }

    /** The text of a field that is promised, but that we can do without. */
    static String text(String value) {
        return value == null ? "" : value;
    }

    /** An unchangeable list without nulls; empty where there is none. */
    static <T> List<T> list(List<T> values) {
        return values == null ? List.of() : values.stream().filter(Objects::nonNull).toList();
    }

    private static OptionalInt optionalInt(long number) {
        return OptionalInt.of(Math.toIntExact(number));
    }

    /** Reads {@code Optional<T>}; the module that Jackson has for it is one more part for twenty lines. */
    @SuppressWarnings("rawtypes")
    private static final class OptionalReader extends JsonDeserializer<Optional> implements ContextualDeserializer {

        private final JsonDeserializer<Object> content;

        OptionalReader(JsonDeserializer<Object> content) {
            this.content = content;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property)
                throws JsonMappingException {
            JavaType type = context.getContextualType().containedTypeOrUnknown(0);
            return new OptionalReader(context.findContextualValueDeserializer(type, property));
        }

        @Override
        public Optional<?> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return Optional.ofNullable(content.deserialize(parser, context));
        }

        @Override
        public Optional<?> getNullValue(DeserializationContext context) {
            return Optional.empty();
        }
    }

    /** An empty one counts as empty, so that a record may leave it out. */
    @SuppressWarnings("rawtypes")
    private static final class OptionalWriter extends JsonSerializer<Optional> {

        @Override
        public void serialize(Optional value, JsonGenerator json, SerializerProvider writers) throws IOException {
            writers.defaultSerializeValue(value.isPresent() ? value.get() : null, json);
        }

        @Override
        public boolean isEmpty(SerializerProvider writers, Optional value) {
            return value.isEmpty();
        }
    }

    private static final class NumberReader<T> extends JsonDeserializer<T> {

        private final T none;
        private final LongFunction<T> some;

        NumberReader(T none, LongFunction<T> some) {
            this.none = none;
            this.some = some;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return some.apply(context.readValue(parser, long.class));
        }

        @Override
        public T getNullValue(DeserializationContext context) {
            return none;
        }
    }

    private static final class InstantReader extends JsonDeserializer<Instant> {

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getValueAsString("");
            parser.skipChildren();
            return Times.parse(text).orElse(null);
        }
    }
}
