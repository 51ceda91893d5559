package org.dropfolder.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a folder sets for the trainings of its dataset. What it does not set is as the server has it, and where both say something
 * the one counts that spends less.
 *
 * @param name            the model's
 * @param images          that a training takes, at least
 * @param retrain         a next version after so many images more; 0 for never
 * @param hold            nothing is trained
 * @param hyperparameters of each training
 */
public record FolderSettings(Optional<String> name, Optional<Integer> images, Optional<Start> start, Optional<Integer> retrain,
                             boolean hold, Hyperparameters hyperparameters) {
    /** Nothing is set. */
    public static final FolderSettings NONE = new FolderSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        false, Hyperparameters.NONE);
    private static final String OFF = "off";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** From what {@link #json} wrote, or a file that was held against the schema. */
    static FolderSettings of(JsonNode json) {
        return new FolderSettings(Optional.ofNullable(json.get("name")).map(JsonNode::asText),
            Optional.ofNullable(json.get("images")).map(JsonNode::asInt),
            Optional.ofNullable(json.get("start")).map(start -> Start.valueOf(start.asText().toUpperCase(Locale.ROOT))),
            // off is no number, and so 0
            Optional.ofNullable(json.get("retrain")).map(more -> more.asInt(0)),
            json.path("hold").asBoolean(), Hyperparameters.of(json));
    }

    /**
     * From what {@link #json} wrote.
     *
     * @throws IllegalArgumentException if it did not
     */
    public static FolderSettings of(String json) {
        try {
            return of(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Could not read what a folder sets: " + e.getOriginalMessage(), e);
        }
    }

    /** The same as JSON, as a ledger keeps it: equal settings are equal texts. */
    public String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        values().forEach(json::putPOJO);
        return json.toString();
    }

    /** What is set, by the names that it has in the file. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        name.ifPresent(value -> values.put("name", value));
        images.ifPresent(value -> values.put("images", value));
        start.ifPresent(value -> values.put("start", value.word()));
        retrain.ifPresent(value -> values.put("retrain", value == 0 ? OFF : value));
        if (hold) {
            values.put("hold", true);
        }
        hyperparameters.fill(values);
        return values;
    }

    /** How many images a training takes: never fewer than the server's own minimum. */
    public int images(int servers) {
        return Math.max(servers, images.orElse(servers));
    }

    /** How a training starts: never more freely than the server lets it. */
    public Start start(Start servers) {
        return start.map(servers::or).orElse(servers);
    }

    /** After how many images more a next version is trained: never sooner than by the server's word, and never where that is never. */
    public Optional<Integer> retrain(Optional<Integer> servers) {
        return servers.filter(more -> retrain.orElse(more) > 0).map(more -> Math.max(more, retrain.orElse(more)));
    }

    /** A sentence each, in the order of the file's description; none where nothing is set. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        if (hold) {
            words.add("hold: nothing is trained");
        }
        name.ifPresent(value -> words.add("the model is called " + value));
        images.ifPresent(value -> words.add("a training takes " + value + " images"));
        start.ifPresent(value -> words.add("start: " + value.word()));
        retrain.ifPresent(value -> words.add(value == 0 ? "no next version" : "a next version after " + value + " images more"));
        if (!hyperparameters.isEmpty()) {
            words.add("trained with " + hyperparameters.words());
        }
        return words;
    }
}
