package org.dropfolder.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.dropfolder.simulator.Progress.ModelStatus;

/** What each operation asks for and answers; whatever the contract forbids is refused in one sentence. Thread safe. */
final class Api {
    private static final Pattern MODEL_NAME = Pattern.compile("[A-Za-z0-9 -]{5,30}");

    /** Bytes of an image that is to be described, at most [ref]. */
    private static final long LARGEST_DESCRIBED = 10L * 1024 * 1024;

    private final Simulator.Options options;
    private final Pictures pictures;
    private final Supplier<Duration> lag;
    private final Holdings holdings;
    private final Answers answers;

    /**
     * @param lag      how far listings are behind at the moment
     * @param pictures where those are that are generated
     */
    Api(Simulator.Options options, Holdings holdings, Supplier<Duration> lag, Pictures pictures) {
        this.pictures = pictures;
        this.options = options;
        this.holdings = holdings;
        this.lag = lag;
        this.answers = new Answers(options.pace(), options.clock());
    }

    /** @throws IOException where the client is gone; nothing has been done then */
    Reply answer(Optional<Operation> operation, HttpExchange exchange) throws IOException {
        try {
            checkKey(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Api-Key")).orElse(""));
            return operation.isPresent() ? Reply.json(200, result(operation.get(), exchange)) : unknown(exchange);
        } catch (Refusal refusal) {
            return Reply.error(refusal.status(), refusal.getMessage());
        }
    }

    private void checkKey(String key) throws Refusal {
        if (key.isBlank()) {
            throw Refusal.unauthorized("The header Api-Key is missing or empty.");
        }
        if (!options.key().orElse(key).equals(key)) {
            throw Refusal.unauthorized("The header Api-Key holds no key of this account.");
        }
    }

    private static Reply unknown(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        List<String> methods = Operation.methods(path);
        return methods.isEmpty()
                ? Reply.error(404, "There is nothing at " + path + ".")
                : Reply.error(405, path + " knows no " + exchange.getRequestMethod() + ".")
                        .header("Allow", String.join(", ", methods));
    }

    private JsonNode result(Operation operation, HttpExchange exchange) throws IOException, Refusal {
        String id = operation.id(exchange.getRequestURI().getPath());
        return switch (operation) {
            case LIST_DATASETS -> answers.datasets(holdings.datasets(shown()));
            case CREATE_DATASET -> answers.dataset(holdings.create(Json.text(Json.object(exchange), "name")));
            case GET_DATASET -> answers.details(holdings.dataset(id, shown()), modelIds(id));
            case UPLOAD_ASSETS -> upload(id, exchange);
            case TRAIN_MODEL -> train(Json.object(exchange), false);
            case TRAIN_MODEL_ADVANCED -> train(Json.object(exchange), true);
            case LIST_MODELS -> models(exchange);
            case GET_MODEL -> answers.details(holdings.training(id));
            case DESCRIBE -> describe(Form.read(exchange));
            case GENERATE -> generate(Form.read(exchange));
        };
    }

    private JsonNode upload(String id, HttpExchange exchange) throws IOException, Refusal {
        // a dataset that is not there is told before gigabytes are read for it
        holdings.dataset(id, shown());
        return answers.outcome(holdings.add(id, UploadReader.read(exchange)));
    }

    private JsonNode train(JsonNode json, boolean advanced) throws Refusal {
        String datasetId = Json.text(json, "dataset_id");
        String name = Json.text(json, "model_name");
        if (!MODEL_NAME.matcher(name).matches()) {
            throw Refusal.badRequest("The field 'model_name' must be 5 to 30 letters, digits, spaces and hyphens.");
        }
        Parameters parameters = advanced ? Parameters.of(json) : Parameters.DEFAULT;
        return answers.started(holdings.train(datasetId, name, parameters).model());
    }

    private JsonNode describe(Form form) throws Refusal {
        Upload image = form.image().orElseThrow(() -> Refusal.badRequest("The form has no file in a field named 'image_file'."));
        oneOf(form, "describe_model_version", Set.of("V_2", "V_3", "V_4"));
        if (image.images().isEmpty() || image.images().get(0).size() > LARGEST_DESCRIBED) {
            throw Refusal.badRequest("The file must be a JPEG, PNG or WebP of at most 10 MB"
                    + image.failures().stream().map(failure -> ", and is none: " + failure.reason()).findFirst().orElse("") + ".");
        }
        String text = Describing.of(image.images().get(0));
        holdings.describe(image.images().get(0).sha256(), text);
        return answers.description(text);
    }

    private JsonNode generate(Form form) throws Refusal {
        String prompt = form.required("prompt");
        String speed = oneOf(form, "rendering_speed", Set.of("FLASH", "TURBO", "DEFAULT", "QUALITY")).orElse("DEFAULT");
        if (form.whole("num_images", 1, 8, 1) > 1) {
            throw Refusal.badRequest("The simulator makes one picture at a time.");
        }
        Optional<String> model = form.optional("custom_model_uri");
        if (model.isPresent() && holdings.trainings(Instant.MAX).stream().noneMatch(each -> answers.isReady(each.model(), model.get()))) {
            throw Refusal.badRequest("There is no model '" + model.get() + "' that is ready.");
        }
        Account.Picture made = holdings.generate(prompt, model, speed, form.whole("seed", 0, Integer.MAX_VALUE, Ids.seed()));
        return answers.picture(made, pictures.address(made));
    }

    private static Optional<String> oneOf(Form form, String field, Set<String> words) throws Refusal {
        Optional<String> given = form.optional(field);
        if (given.isPresent() && !words.contains(given.get())) {
            throw Refusal.badRequest("The field '" + field + "' can't be '" + given.get() + "'.");
        }
        return given;
    }

    private JsonNode models(HttpExchange exchange) throws Refusal {
        String query = exchange.getRequestURI().getRawQuery();
        List<String> scopes = values(query, "scope");
        if (scopes.size() > 1 || !Set.of("owned", "shared").containsAll(scopes)) {
            throw Refusal.badRequest("The scope must be 'owned' or 'shared', once.");
        }
        List<ModelStatus> statuses = new ArrayList<>();
        for (String status : values(query, "status")) {
            statuses.add(status(status));
        }
        boolean sharedOnly = scopes.contains("shared");
        return answers.models(sharedOnly ? List.of() : holdings.trainings(shown()), statuses);
    }

    private static ModelStatus status(String word) throws Refusal {
        return Arrays.stream(ModelStatus.values())
                .filter(status -> status.name().equals(word))
                .findFirst()
                .orElseThrow(() -> Refusal.badRequest("There is no model status '" + word + "'."));
    }

    private static List<String> values(String rawQuery, String name) {
        return Arrays.stream(Optional.ofNullable(rawQuery).orElse("").split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .toList();
    }

    private List<String> modelIds(String datasetId) {
        return holdings.trainings(shown()).stream()
                .map(Change.Trained::model)
                .filter(model -> model.datasetId().equals(datasetId))
                .map(Account.Model::id)
                .toList();
    }

    /** The moment up to which listings show what was done. */
    private Instant shown() {
        Duration behind = lag.get();
        return behind.isZero() ? Instant.MAX : options.clock().instant().minus(behind);
    }
}
