package org.dropfolder.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;

/** How a model is trained: the optional fields of {@code train-model-advanced}, with the contract's defaults. */
record Parameters(int trainingSteps, int loraRank, OptionalDouble ema, OptionalDouble learningRate) {
    static final Parameters DEFAULT = new Parameters(1000, 128, OptionalDouble.empty(), OptionalDouble.empty());

    /** @throws Refusal where a value is out of the contract's range */
    static Parameters of(JsonNode json) throws Refusal {
        return new Parameters(
                (int) number(json, "training_steps", steps -> steps >= 100 && steps <= 10_000 && steps % 100 == 0,
                        "a multiple of 100 from 100 to 10000").orElse(DEFAULT.trainingSteps),
                (int) number(json, "lora_rank", rank -> rank == 64 || rank == 128, "64 or 128")
                        .orElse(DEFAULT.loraRank),
                number(json, "ema", ema -> ema >= 0 && ema <= 1, "between 0 and 1"),
                number(json, "learning_rate", rate -> rate > 0, "above 0"));
    }

    /** Writes the fields that {@link #of} reads; those that have no value are left out. */
    void write(ObjectNode json) {
        json.put("training_steps", trainingSteps).put("lora_rank", loraRank);
        ema.ifPresent(value -> json.put("ema", value));
        learningRate.ifPresent(value -> json.put("learning_rate", value));
    }

    private static OptionalDouble number(JsonNode json, String field, DoublePredicate allowed, String range)
            throws Refusal {
        Optional<JsonNode> value = Optional.ofNullable(json.get(field)).filter(node -> !node.isNull());
        if (value.isEmpty()) {
            return OptionalDouble.empty();
        }
        double number = value.get().asDouble();
        if (!value.get().isNumber() || !allowed.test(number)) {
            throw Refusal.badRequest("The field '" + field + "' must be a number, " + range + ".");
        }
        return OptionalDouble.of(number);
    }
}
