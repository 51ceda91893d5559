package org.dropfolder.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one POST changed in the account, and how that is written as JSON. Immutable. */
sealed interface Change {

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws Refusal                     where a parameter is out of the contract's range
     * @throws IllegalArgumentException    where a field is missing, or the kind of change is unknown
     * @throws java.time.DateTimeException where a time is none
     */
    static Change of(JsonNode json) throws Refusal {
        String kind = json.required("did").asText();
        return switch (kind) {
            case "create" -> Created.read(json);
            case "upload" -> Added.read(json);
            case "train" -> Trained.read(json);
            case "describe" -> Described.read(json);
            case "generate" -> Generated.read(json);
            default -> throw new IllegalArgumentException("there is no change '" + kind + "'");
        };
    }

    /** What {@link #of} reads. */
    ObjectNode json();

    /** @param dataset without files */
    record Created(Account.Dataset dataset) implements Change {
        private static Created read(JsonNode json) {
            return new Created(new Account.Dataset(text(json, "id"), text(json, "name"), time(json), List.of()));
        }

        @Override
        public ObjectNode json() {
            return line("create", dataset.createdAt()).put("id", dataset.id()).put("name", dataset.name());
        }
    }

    /** @param files one at least */
    record Added(String datasetId, Instant at, List<Account.File> files) implements Change {
        private static Added read(JsonNode json) {
            List<Account.File> files = new ArrayList<>();
            for (JsonNode file : json.required("files")) {
                files.add(new Account.File(text(file, "id"), text(file, "name"), file.required("size").asLong(),
                        text(file, "sha256"), Optional.ofNullable(file.get("caption")).map(JsonNode::asText)));
            }
            return new Added(text(json, "dataset"), time(json), List.copyOf(files));
        }

        @Override
        public ObjectNode json() {
            ObjectNode json = line("upload", at).put("dataset", datasetId);
            ArrayNode list = json.putArray("files");
            for (Account.File file : files) {
                ObjectNode entry = list.addObject().put("id", file.id()).put("name", file.name())
                        .put("size", file.size()).put("sha256", file.sha256());
                file.caption().ifPresent(caption -> entry.put("caption", caption));
            }
            return json;
        }
    }

    /** A model and how it was trained. */
    record Trained(Account.Model model, Parameters parameters) implements Change {
        private static Trained read(JsonNode json) throws Refusal {
            return new Trained(new Account.Model(text(json, "id"), text(json, "dataset"), text(json, "name"),
                    json.required("version").asInt(), json.required("images").asInt(), time(json)), Parameters.of(json));
        }

        @Override
        public ObjectNode json() {
            ObjectNode json = line("train", model.createdAt()).put("id", model.id())
                    .put("dataset", model.datasetId()).put("name", model.name())
                    .put("version", model.version()).put("images", model.images());
            parameters.write(json);
            return json;
        }
    }

    /** An image was described. */
    record Described(Account.Description description) implements Change {
        private static Described read(JsonNode json) {
            return new Described(new Account.Description(text(json, "sha256"), text(json, "text"), time(json)));
        }

        @Override
        public ObjectNode json() {
            return line("describe", description.createdAt()).put("sha256", description.sha256()).put("text", description.text());
        }
    }

    /** A picture was generated. */
    record Generated(Account.Picture picture) implements Change {
        private static Generated read(JsonNode json) {
            return new Generated(new Account.Picture(text(json, "id"), text(json, "prompt"),
                    Optional.ofNullable(json.get("model")).map(JsonNode::asText), text(json, "speed"),
                    json.required("seed").asLong(), json.required("safe").asBoolean(), time(json)));
        }

        @Override
        public ObjectNode json() {
            ObjectNode json = line("generate", picture.createdAt()).put("id", picture.id()).put("prompt", picture.prompt())
                    .put("speed", picture.speed()).put("seed", picture.seed()).put("safe", picture.safe());
            picture.modelUri().ifPresent(uri -> json.put("model", uri));
            return json;
        }
    }

    private static ObjectNode line(String kind, Instant at) {
        return Json.object().put("did", kind).put("at", at.toString());
    }

    private static String text(JsonNode json, String field) {
        return json.required(field).asText();
    }

    private static Instant time(JsonNode json) {
        return Instant.parse(text(json, "at"));
    }
}
