package org.dropfolder.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.dropfolder.simulator.Progress.ModelStatus;

/** Writes the API's JSON: names of fields, and what can be null or missing, are the reference's. Thread safe. */
final class Answers {
    /** The two ways in which the reference writes times. */
    private static final List<DateTimeFormatter> TIMES = List.of(
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssxxx").withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC));

    /** The same in every run, since an account that is kept has one owner. */
    private static final String USER_ID = "simulated-account-0001";

    private final AtomicInteger timesWritten = new AtomicInteger();
    private final Pace pace;
    private final Clock clock;

    Answers(Pace pace, Clock clock) {
        this.pace = pace;
        this.clock = clock;
    }

    JsonNode datasets(List<Account.Dataset> datasets) {
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("datasets");
        datasets.forEach(dataset -> list.add(dataset(dataset)));
        return json;
    }

    JsonNode dataset(Account.Dataset dataset) {
        ObjectNode json = Json.object()
                .put("dataset_id", dataset.id())
                .put("name", dataset.name())
                .put("user_id", USER_ID)
                .put("creation_time", time(dataset.createdAt()));
        json.set("cover_asset_identifier",
                dataset.files().isEmpty() ? json.nullNode() : asset(dataset.files().get(0)));
        return json;
    }

    /** Whether {@code file_count} counts captions is [open]: here it doesn't, nor are they among the files. */
    JsonNode details(Account.Dataset dataset, List<String> modelIds) {
        ObjectNode json = Json.object();
        json.set("dataset", dataset(dataset));
        json.put("file_count", dataset.files().size());
        ArrayNode files = json.putArray("files");
        dataset.files().forEach(file -> files.addObject()
                .put("file_name", file.name())
                .put("file_size_bytes", file.size()));
        ArrayNode models = json.putArray("custom_model_ids");
        modelIds.forEach(models::add);
        return json;
    }

    /** Counts images, and the archives and captions that failed; a good caption goes with its image. */
    JsonNode outcome(Holdings.Outcome outcome) {
        ObjectNode json = Json.object()
                .put("total_count", outcome.stored().size() + outcome.failures().size())
                .put("success_count", outcome.stored().size())
                .put("failure_count", outcome.failures().size());
        ArrayNode successful = json.putArray("successful_assets");
        outcome.stored().forEach(file -> successful.addObject()
                .put("file_name", file.name())
                .set("asset_identifier", asset(file)));
        ArrayNode failed = json.putArray("failed_assets");
        outcome.failures().forEach(failure -> failed.addObject()
                .put("failure_reason", failure.reason().name())
                .put("file_name", failure.name()));
        return json;
    }

    JsonNode started(Account.Model model) {
        return Json.object()
                .put("model_id", model.id())
                .put("dataset_id", model.datasetId())
                .put("training_status", progress(model).status().name())
                .put("model_name", model.name());
    }

    /** Those of the models whose status is among these; all of them where none is named. */
    JsonNode models(List<Change.Trained> trainings, List<ModelStatus> statuses) {
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("models");
        for (Change.Trained training : trainings) {
            Progress progress = progress(training.model());
            if (statuses.isEmpty() || statuses.contains(progress.status())) {
                list.add(model(training.model(), progress));
            }
        }
        return json;
    }

    /** A model with its runs, which listings leave out. */
    JsonNode details(Change.Trained training) {
        Progress progress = progress(training.model());
        ObjectNode model = model(training.model(), progress);
        model.putArray("training_runs").add(run(training, progress));
        ObjectNode json = Json.object();
        json.set("model", model);
        return json;
    }

    JsonNode description(String text) {
        ObjectNode json = Json.object();
        json.putArray("descriptions").addObject().put("text", text);
        return json;
    }

    /** @param url where the picture is fetched; left out of one that is not safe */
    JsonNode picture(Account.Picture picture, String url) {
        ObjectNode json = Json.object().put("created", time(picture.createdAt()));
        ObjectNode data = json.putArray("data").addObject().put("prompt", picture.prompt())
                .put("resolution", Pictures.SIDE + "x" + Pictures.SIDE).put("is_image_safe", picture.safe()).put("seed", picture.seed());
        if (picture.safe()) {
            data.put("url", url);
        }
        return json;
    }

    /** Whether a model that was trained here has this address now. */
    boolean isReady(Account.Model model, String uri) {
        return progress(model).uri().filter(uri::equals).isPresent();
    }

    private ObjectNode model(Account.Model model, Progress progress) {
        return Json.object()
                .put("model_id", model.id())
                .put("name", model.name())
                .put("status", progress.status().name())
                .put("creation_time", time(model.createdAt()))
                .put("is_available_for_generation", progress.status() == ModelStatus.COMPLETED)
                .put("is_owned", true)
                .put("custom_model_uri", progress.uri().orElse(null))
                .put("dataset_id", model.datasetId())
                .put("last_update_time", time(progress.since()));
    }

    private ObjectNode run(Change.Trained training, Progress progress) {
        ObjectNode json = Json.object()
                .put("training_run_id", "run-" + training.model().id())
                .put("status", progress.run().name())
                .put("creation_time", time(training.model().createdAt()))
                .put("last_update_time", time(progress.since()));
        training.parameters().write(json);
        return json;
    }

    private static ObjectNode asset(Account.File file) {
        return Json.object().put("asset_type", "UPLOAD").put("asset_id", file.id());
    }

    private Progress progress(Account.Model model) {
        return Progress.of(model, pace, clock.instant());
    }

    /** The reference has both formats, so both are written in turn: a client must read either in any field. */
    private String time(Instant instant) {
        return TIMES.get(timesWritten.getAndIncrement() & 1).format(instant);
    }
}
