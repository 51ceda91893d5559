package org.dropfolder.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.serialization.YamlMapperFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A file in {@code routes/}, for those who want to read what it says. */
record RouteFile(String name, String text, JsonNode content) {

    static List<RouteFile> all() {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.sorted().map(RouteFile::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Route> allRoutes() {
        return all().stream().flatMap(file -> file.routes().stream()).toList();
    }

    static RouteFile read(Path path) {
        try {
            return of(path.getFileName().toString(), Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RouteFile of(String name, String text) throws IOException {
        return new RouteFile(name, text, YamlMapperFactory.getInstance().readTree(text));
    }

    List<Route> routes() {
        return Stream.concat(values(content, "route"), values(content, "routeConfiguration")
                .flatMap(configuration -> values(configuration, "onException"))
                .filter(JsonNode::isObject)).map(Route::new).toList();
    }

    /** Every field of this name, however deep. */
    static Stream<JsonNode> values(JsonNode node, String name) {
        return fields(node).filter(field -> field.getKey().equals(name)).map(Map.Entry::getValue);
    }

    /** Every field with its value, however deep. */
    static Stream<Map.Entry<String, JsonNode>> fields(JsonNode node) {
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>();
        node.fields().forEachRemaining(fields::add);
        Stream<JsonNode> inside = StreamSupport.stream(node.spliterator(), false);
        return Stream.concat(fields.stream(), inside.flatMap(RouteFile::fields));
    }

    /** Every text, however deep. */
    static Stream<String> texts(JsonNode node) {
        return node.isTextual() ? Stream.of(node.textValue())
                : StreamSupport.stream(node.spliterator(), false).flatMap(RouteFile::texts);
    }

    @Override
    public String toString() {
        return name;
    }

    /** A route, or what a policy does in the end, which is a route without a beginning. */
    record Route(JsonNode node) {

        String id() {
            return node.path("id").asText();
        }

        Optional<String> from() {
            return Optional.ofNullable(node.path("from").path("uri").textValue());
        }

        JsonNode steps() {
            return from().isPresent() ? node.path("from").path("steps") : node.path("steps");
        }

        /** Everything that this route sends to. */
        List<String> sendsTo() {
            return values(steps(), "to").map(to -> to.path("uri").asText()).toList();
        }

        Optional<String> policy() {
            return Optional.ofNullable(node.path("routeConfigurationId").textValue());
        }

        /** The method of the HTTP request that it makes itself. */
        Optional<String> httpMethod() {
            Stream<JsonNode> together = values(steps(), "headers").flatMap(headers -> StreamSupport.stream(headers.spliterator(), false));
            return Stream.concat(values(steps(), "setHeader"), together).filter(header -> header.path("name").asText().equals("CamelHttpMethod"))
                    .map(header -> header.at("/expression/constant/expression").asText()).findFirst();
        }

        @Override
        public String toString() {
            return id();
        }
    }
}
