package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the routes against the schema of Camel's YAML, and against the same schema without its short forms: Camel takes
 * them for now, and lets go of them.
 */
class RouteSchemaTest {
    private static final String SHORT_EXPRESSION = "org.apache.camel.model.language.ExpressionDefinition";
    private static final String ROUTE = """
            - route:
                id: a
                from:
                  uri: direct:a
                  steps:
                    - %s
            """;

    private static JsonSchema schema;
    private static JsonSchema canonical;

    @BeforeAll
    static void readSchema() throws IOException {
        try (InputStream stream = RouteSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            JsonNode whole = new ObjectMapper().readTree(stream);
            schema = compile(whole);
            JsonNode longFormsOnly = whole.deepCopy();
            forgetShortForms(longFormsOnly);
            canonical = compile(longFormsOnly);
        }
    }

    static List<RouteFile> files() {
        return RouteFile.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void isValid(RouteFile file) {
        assertThat(faults(schema, file)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void usesNoShortForm(RouteFile file) {
        assertThat(faults(canonical, file)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"too: {uri: 'direct:b'}", "to: {url: 'direct:b'}", "to: {uri: 5}",
        "setBody: {expression: {simpel: {expression: a}}}", "setVariable: {expression: 7}"})
    void refusesWhatCamelDoesNotKnow(String step) throws IOException {
        assertThat(faults(schema, RouteFile.of("broken", ROUTE.formatted(step)))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"log: a text", "to: 'direct:b'", "setBody: {simple: a}", "setBody: {simple: {expression: a}}",
        "setBody: {expression: {simple: a}}", "filter: {method: {ref: a}, steps: []}", "bean: a"})
    void refusesShortFormsThatCamelStillTakes(String step) throws IOException {
        RouteFile file = RouteFile.of("short", ROUTE.formatted(step));

        assertThat(faults(schema, file)).isEmpty();
        assertThat(faults(canonical, file)).isNotEmpty();
    }

    @Test
    void takesTheLongForms() throws IOException {
        assertThat(faults(canonical, RouteFile.of("long", ROUTE.formatted("setBody: {expression: {simple: {expression: a}}}"))))
                .isEmpty();
    }

    private static Set<ValidationMessage> faults(JsonSchema schema, RouteFile file) {
        return schema.validate(file.content());
    }

    private static JsonSchema compile(JsonNode schema) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(schema);
    }

    /**
     * There are two of them: a text where an object belongs, and an expression's language without the word
     * {@code expression} before it.
     */
    private static void forgetShortForms(JsonNode node) {
        node.forEach(RouteSchemaTest::forgetShortForms);
        JsonNode ways = node.path("oneOf");
        if (ways.size() == 2 && ways.get(0).path("type").asText().equals("string")) {
            ((ObjectNode) node).remove("oneOf");
            ((ObjectNode) node).setAll((ObjectNode) ways.get(1));
        }
        boolean shortExpression = StreamSupport.stream(node.path("anyOf").spliterator(), false)
                .anyMatch(way -> way.at("/oneOf/0/$ref").asText().endsWith(SHORT_EXPRESSION));
        if (shortExpression) {
            JsonNode spelledOut = node.at("/anyOf/0/oneOf/2");
            ((ObjectNode) node).putArray("anyOf").add(spelledOut);
            forgetLanguages(node.path("properties"));
        }
    }

    /** They are the properties of which the schema says nothing. */
    private static void forgetLanguages(JsonNode properties) {
        Iterator<String> names = properties.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (properties.path(name).isEmpty() && !name.equals("expression")) {
                names.remove();
            }
        }
    }
}
