package org.dropfolder.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.dropfolder.image.FileNames;

/** Reads a folder's {@code dropfolder.yaml}. What is said of a mistake says what the schema says. Thread safe. */
public final class SettingsReader {
    /** No such file is larger, in bytes: whoever reads one may stop behind this. */
    public static final int LARGEST = 64 * 1024;
    /** Mistakes that are told at once. */
    private static final int TOLD = 5;
    private static final int SHOWN = 40;

    /** Loaded when the first file comes: most servers see none, and it takes as long as much of their start. */
    private static final class Rules {
        static final JsonNode ALL = read();
        static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(ALL);

        private static JsonNode read() {
            try (InputStream stream = SettingsReader.class.getResourceAsStream("/page/dropfolder.schema.json")) {
                return new ObjectMapper().readTree(stream);
            } catch (IOException e) {
                throw new UncheckedIOException("Could not read the schema of dropfolder.yaml in this program: " + e.getMessage(), e);
            }
        }
    }

    /**
     * What the file sets.
     *
     * @param bytes the whole file, or more of it than {@value #LARGEST} bytes
     * @throws FaultyFileException if it can't be used
     */
    public FolderSettings read(byte[] bytes) throws FaultyFileException {
        if (bytes.length > LARGEST) {
            throw new FaultyFileException("it is larger than 64 KB. A few lines are enough.");
        }
        Lines lines = Lines.of(decode(bytes));
        List<String> mistakes = mistakes(lines);
        if (!mistakes.isEmpty()) {
            String more = mistakes.size() > TOLD ? " There are " + (mistakes.size() - TOLD) + " more." : "";
            throw new FaultyFileException(mistakes.stream().limit(TOLD).collect(Collectors.joining("; ")) + "." + more);
        }
        return FolderSettings.of(lines.values());
    }

    private static String decode(byte[] bytes) throws FaultyFileException {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new FaultyFileException("it is not written in UTF-8. Save it as UTF-8.");
        }
    }

    private static List<String> mistakes(Lines lines) {
        List<String> keys = new ArrayList<>(Rules.SCHEMA.validate(lines.values()).stream().map(SettingsReader::key).distinct().toList());
        keys.sort(Comparator.comparing(key -> lines.lines().getOrDefault(key, 1)));
        return keys.stream().map(key -> "line " + lines.lines().getOrDefault(key, 1) + " " + mistake(key, lines.values().path(key))).toList();
    }

    /** The setting that a finding is about; the library names one that is unknown apart from where it stands. */
    private static String key(ValidationMessage finding) {
        return finding.getProperty() != null ? finding.getProperty() : finding.getInstanceLocation().getName(0);
    }

    private static String mistake(String key, JsonNode value) {
        JsonNode rule = Rules.ALL.path("properties").path(key);
        if (rule.isMissingNode()) {
            return "has " + FileNames.printable(key, SHOWN) + ", which is none of " + known() + " (correct it, or take it out)";
        }
        boolean bare = rule.path("type").asText().equals("string") && value.isValueNode() && !value.isTextual() && !value.isNull();
        return "says " + key + ": " + shown(value) + ", and it is to be " + rule.path("title").asText() + (bare ? ", in quotes" : "");
    }

    private static String known() {
        return StreamSupport.stream(((Iterable<String>) () -> Rules.ALL.path("properties").fieldNames()).spliterator(), false)
            .collect(Collectors.joining(", "));
    }

    private static String shown(JsonNode value) {
        if (value.isNull()) {
            return "nothing";
        }
        return FileNames.printable(value.isTextual() ? "\"" + value.asText() + "\"" : value.asText(), SHOWN);
    }
}
