package org.dropfolder.contract;

import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.schema.SchemaValidator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.UploadContext;
import org.dropfolder.simulator.Interaction;

/**
 * Looks into multipart forms, which the library does not: a form is turned into the JSON object that its schema
 * describes, a file in it into a text, and that is held against the schema. Files must be what their names say.
 * Thread safe.
 */
final class Forms {
    private static final String MULTIPART = "multipart/form-data";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OpenAPI document;
    private final SchemaValidator validator;

    Forms(OpenAPI document) {
        this.document = document;
        this.validator = new SchemaValidator(document, new MessageResolver());
    }

    /** What in a form is against the contract, each in a sentence; nothing where no form is asked for, or none was sent. */
    List<String> check(Interaction interaction) {
        Optional<Schema<?>> schema = schema(interaction);
        if (schema.isEmpty() || !interaction.header("Content-Type").orElse("").startsWith(MULTIPART)) {
            return List.of();
        }
        List<String> broken = new ArrayList<>();
        ObjectNode form = JSON.createObjectNode();
        try {
            FileItemIterator parts = new FileUpload().getItemIterator(new Body(interaction));
            while (parts.hasNext()) {
                add(parts.next(), schema.get(), form, broken);
            }
        } catch (FileUploadException | IOException e) {
            return List.of("The form can't be read: " + e.getMessage());
        }
        validator.validate(() -> form, schema.get(), "request.body").getMessages().stream()
                .flatMap(Contract::sentence).forEach(broken::add);
        return broken;
    }

    private static void add(FileItemStream part, Schema<?> form, ObjectNode json, List<String> broken) throws IOException {
        String name = part.getFieldName();
        Schema<?> field = Optional.ofNullable(form.getProperties()).map(all -> (Schema<?>) all.get(name)).orElseGet(Schema::new);
        boolean repeated = "array".equals(field.getType());
        Schema<?> one = repeated ? field.getItems() : field;
        try (InputStream content = part.openStream()) {
            JsonNode value = value(part, content.readAllBytes(), one, broken);
            if (repeated) {
                json.withArray(name).add(value);
            } else if (json.has(name)) {
                broken.add("The form has the field '" + name + "' more than once.");
            } else {
                json.set(name, value);
            }
        }
    }

    private static JsonNode value(FileItemStream part, byte[] content, Schema<?> field, List<String> broken) throws IOException {
        if ("binary".equals(field.getFormat())) {
            broken.addAll(part.isFormField() ? List.of("The field '" + part.getFieldName() + "' is no file.")
                    : Files.check(part.getName(), content));
            return JSON.getNodeFactory().textNode("a file");
        }
        String text = new String(content, StandardCharsets.UTF_8);
        return "integer".equals(field.getType()) && text.matches("-?[0-9]{1,18}")
                ? JSON.getNodeFactory().numberNode(Long.parseLong(text))
                : JSON.getNodeFactory().textNode(text);
    }

    private Optional<Schema<?>> schema(Interaction interaction) {
        PathItem.HttpMethod method = PathItem.HttpMethod.valueOf(interaction.method());
        return document.getPaths().entrySet().stream()
                .filter(path -> interaction.uri().getPath().matches(path.getKey().replaceAll("\\{.*?}", "[^/]+")))
                .map(path -> path.getValue().readOperationsMap().get(method))
                .filter(operation -> operation != null && operation.getRequestBody() != null)
                .map(operation -> operation.getRequestBody().getContent().get(MULTIPART))
                .filter(form -> form != null)
                .<Schema<?>>map(MediaType::getSchema)
                .findFirst();
    }

    /** A request as the library that reads forms asks for one. */
    private record Body(Interaction interaction) implements UploadContext {
        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public String getContentType() {
            return interaction.header("Content-Type").orElseThrow();
        }

        @Override
        @Deprecated
        public int getContentLength() {
            return interaction.body().length;
        }

        @Override
        public long contentLength() {
            return interaction.body().length;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(interaction.body());
        }
    }
}
