package org.dropfolder.folder;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a model is to be trained, as far as it is not left to Ideogram. [ref]
 *
 * @param steps        100 to 10000, in hundreds
 * @param loraRank     64 or 128
 * @param ema          0 to 1
 * @param learningRate above 0
 */
public record Hyperparameters(Optional<Integer> steps, Optional<Integer> loraRank, Optional<Double> ema, Optional<Double> learningRate) {
    /** All is left to Ideogram. */
    public static final Hyperparameters NONE = new Hyperparameters(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static Hyperparameters of(JsonNode json) {
        return new Hyperparameters(Optional.ofNullable(json.get("steps")).map(JsonNode::asInt),
            Optional.ofNullable(json.get("lora-rank")).map(JsonNode::asInt), Optional.ofNullable(json.get("ema")).map(JsonNode::asDouble),
            Optional.ofNullable(json.get("learning-rate")).map(JsonNode::asDouble));
    }

    void fill(Map<String, Object> values) {
        steps.ifPresent(value -> values.put("steps", value));
        loraRank.ifPresent(value -> values.put("lora-rank", value));
        ema.ifPresent(value -> values.put("ema", value));
        learningRate.ifPresent(value -> values.put("learning-rate", value));
    }

    /** From what {@link #json} wrote. */
    public static Hyperparameters of(String json) {
        return FolderSettings.of(json).hyperparameters();
    }

    /** As JSON: equal ones are equal texts. */
    public String json() {
        return new FolderSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, this).json();
    }

    /** Whether nothing is wanted. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** Such as {@code 2000 steps, LoRA rank 64}; empty where nothing is wanted. */
    public String words() {
        List<String> words = new ArrayList<>();
        steps.ifPresent(value -> words.add(value + " steps"));
        loraRank.ifPresent(value -> words.add("LoRA rank " + value));
        ema.ifPresent(value -> words.add("EMA " + plain(value)));
        learningRate.ifPresent(value -> words.add("learning rate " + plain(value)));
        return String.join(", ", words);
    }

    /** Without an exponent where that is short. */
    private static String plain(double value) {
        String plain = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
        return plain.length() <= 12 ? plain : Double.toString(value);
    }
}
