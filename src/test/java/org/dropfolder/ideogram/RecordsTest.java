package org.dropfolder.ideogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {

    private final ObjectMapper mapper = Json.mapper();

    @Test
    void readsAListingOfDatasetsAndFindsThoseOfAName() throws Exception {
        DatasetList list = mapper.readValue("""
                {"datasets": [
                  {"dataset_id": "d1", "name": "cats", "user_id": "u", "creation_time": "2000-01-23 04:56:07+00:00",
                   "cover_asset_identifier": {"asset_type": "UPLOAD", "asset_id": "a"}, "new_field": [1]},
                  {"dataset_id": "d2", "name": "dogs", "user_id": null, "cover_asset_identifier": null},
                  {"dataset_id": "d3", "name": "cats"},
                  {"dataset_id": "d4"},
                  null]}""", DatasetList.class);

        assertThat(list.datasets()).extracting(Dataset::datasetId).containsExactly("d1", "d2", "d3", "d4");
        assertThat(list.named("cats")).extracting(Dataset::datasetId).containsExactly("d1", "d3");
        assertThat(list.named("Cats")).isEmpty();
        assertThat(list.datasets().get(0).creationTime()).contains(Instant.parse("2000-01-23T04:56:07Z"));
        assertThat(list.datasets().get(1)).isEqualTo(new Dataset("d2", "dogs", Optional.empty(), Optional.empty()));
        assertThat(list.datasets().get(3).name()).isEmpty();
    }

    @Test
    void countsImagesByNameAndNotCaptions() throws Exception {
        DatasetDetail detail = mapper.readValue("""
                {"dataset": {"dataset_id": "d1", "name": "cats"}, "file_count": 6, "custom_model_ids": ["m1"],
                 "files": [{"file_name": "a.JPG", "file_size_bytes": 3000000000}, {"file_name": "a.txt"},
                           {"file_name": "b.c.jpeg", "file_size_bytes": null}, {"file_name": "c.png"},
                           {"file_name": "d.webp"}, {"file_name": "png"}]}""", DatasetDetail.class);

        assertThat(detail.imageCount()).isEqualTo(4);
        assertThat(detail.fileCount()).isEqualTo(OptionalInt.of(6));
        assertThat(detail.customModelIds()).containsExactly("m1");
        assertThat(detail.files()).startsWith(
                new DatasetFile(Optional.of("a.JPG"), OptionalLong.of(3_000_000_000L)),
                new DatasetFile(Optional.of("a.txt"), OptionalLong.empty()),
                new DatasetFile(Optional.of("b.c.jpeg"), OptionalLong.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "\"file_count\": 7, \"files\": [{\"file_name\": \"a.jpg\"}, {\"file_name\": null}] | 7",
            "\"file_count\": 7, \"files\": [{}]                                                | 7",
            "\"file_count\": 7, \"files\": []                                                  | 7",
            "\"file_count\": 7                                                                 | 7",
            "\"file_count\": 0, \"files\": []                                                  | 0",
            "\"files\": [{}, {}]                                                               | 2",
            "\"files\": null                                                                   | 0"})
    void countsFilesOnlyWhereNamesAreMissing(String fields, int images) throws Exception {
        String json = "{\"dataset\": {\"dataset_id\": \"d\"}, " + fields + "}";

        DatasetDetail detail = mapper.readValue(json, DatasetDetail.class);

        assertThat(detail.imageCount()).isEqualTo(images);
        assertThat(detail.customModelIds()).isEmpty();
    }

    @Test
    void readsTheResultOfAnUpload() throws Exception {
        UploadResult result = mapper.readValue("""
                {"total_count": 3, "success_count": 1, "failure_count": 2,
                 "successful_assets": [{"asset_identifier": "a1", "file_name": "a.jpg"}],
                 "failed_assets": [{"failure_reason": "BRAND_NEW_REASON", "file_name": "b.jpg"},
                                   {"failure_reason": null}]}""", UploadResult.class);

        assertThat(result).isEqualTo(new UploadResult(3, 1, 2,
                List.of(new UploadResult.SuccessfulAsset(Optional.of("a.jpg"))),
                List.of(new UploadResult.FailedAsset("BRAND_NEW_REASON", Optional.of("b.jpg")),
                        new UploadResult.FailedAsset("", Optional.empty()))));
    }

    @Test
    void bearsAnIdentifierOfAnyShape() throws Exception {
        UploadResult result = mapper.readValue("""
                {"success_count": 1, "failure_count": 0, "successful_assets":
                 [{"asset_identifier": {"asset_type": "UPLOAD", "asset_id": "a1"}, "file_name": "a.jpg"}]}""",
                UploadResult.class);

        assertThat(result.successful()).extracting(UploadResult.SuccessfulAsset::fileName)
                .containsExactly(Optional.of("a.jpg"));
    }

    @Test
    void readsAModelWithItsRuns() throws Exception {
        CustomModel model = mapper.readValue("""
                {"model": {"model_id": "m1", "name": "cats", "status": "COMPLETED", "is_owned": true,
                  "creation_time": "2000-01-23T04:56:07+00:00", "last_update_time": "yesterday",
                  "is_available_for_generation": true, "custom_model_uri": "model/cats/version/1", "dataset_id": "d1",
                  "training_runs": [{"training_run_id": "r1", "status": "QUEUED", "training_steps": 1000,
                    "ema": null, "creation_time": 12}]}}""", ModelDetail.class).model();

        assertThat(model.ready()).isTrue();
        assertThat(model.owned()).isTrue();
        assertThat(model.creationTime()).contains(Instant.parse("2000-01-23T04:56:07Z"));
        assertThat(model.lastUpdateTime()).isEmpty();
        assertThat(model.trainingRuns()).containsExactly(new TrainingRun(
                Optional.of("r1"), "QUEUED", Optional.empty(), Optional.empty(), OptionalInt.of(1000)));
    }

    @ParameterizedTest
    @CsvSource({
            "COMPLETED, true, '\"model/a/version/1\"', true",
            "COMPLETED, true, '\" \"', false",
            "COMPLETED, true, 'null', false",
            "COMPLETED, false, '\"model/a/version/1\"', false",
            "TRAINING, true, '\"model/a/version/1\"', false",
            "completed, true, '\"model/a/version/1\"', false"})
    void isReadyOnlyOnceCompletedAvailableAndRegistered(String status, boolean available, String uri, boolean ready)
            throws Exception {
        String json = "{\"model_id\": \"m\", \"status\": \"%s\", \"is_available_for_generation\": %s, "
                .formatted(status, available) + "\"custom_model_uri\": " + uri + "}";

        assertThat(mapper.readValue(json, CustomModel.class).ready()).isEqualTo(ready);
    }

    @Test
    void keepsAStatusThatNobodyKnows() throws Exception {
        ModelList list = mapper.readValue("""
                {"models": [{"model_id": "m1", "status": "PONDERING", "dataset_id": "d1"},
                            {"model_id": "m2", "status": "ARCHIVED"}, {"model_id": "m3"}]}""", ModelList.class);

        assertThat(list.models()).extracting(CustomModel::status)
                .containsExactly(ModelStatus.UNKNOWN, ModelStatus.ARCHIVED, ModelStatus.UNKNOWN);
        assertThat(list.models()).extracting(CustomModel::statusWord).containsExactly("PONDERING", "ARCHIVED", "");
        assertThat(list.ofDataset("d1", "none")).extracting(CustomModel::modelId).containsExactly("m1");
    }

    @Test
    void aModelThatDoesNotTellItsDatasetIsKnownByItsName() throws Exception {
        ModelList list = mapper.readValue("""
                {"models": [{"model_id": "m1", "name": "cats"}, {"model_id": "m2", "name": "dogs"},
                            {"model_id": "m3", "name": "cats", "dataset_id": "d2"}]}""", ModelList.class);

        assertThat(list.ofDataset("d1", "cats")).extracting(CustomModel::modelId).containsExactly("m1");
    }

    @Test
    void needsOnlyTheModelsIdOfAStartedTraining() throws Exception {
        assertThat(mapper.readValue("{\"model_id\": \"m1\"}", TrainingStarted.class)).isEqualTo(
                new TrainingStarted("m1", Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "DatasetList     | {}",
            "DatasetList     | {\"datasets\": null}",
            "DatasetList     | {\"datasets\": [{\"name\": \"cats\"}]}",
            "DatasetList     | []",
            "DatasetList     | {\"datasets\": [{\"dataset_id\": \"d\"}",
            "DatasetList     | <html>",
            "Dataset         | {\"dataset_id\": null}",
            "Dataset         | {\"error\": \"sorry\"}",
            "DatasetDetail   | {\"file_count\": 1}",
            "DatasetDetail   | {\"dataset\": {}}",
            "TrainingStarted | {\"dataset_id\": \"d\"}",
            "UploadResult    | {}",
            "UploadResult    | {\"success_count\": 1}",
            "ModelDetail     | {}",
            "ModelDetail     | {\"model\": {\"status\": \"TRAINING\"}}",
            "ModelList       | {\"models\": null}"})
    void refusesAnAnswerThatProvesNothing(String type, String json) throws Exception {
        Class<?> record = Class.forName("org.dropfolder.ideogram." + type);

        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> mapper.readValue(json, record));
    }

    @Test
    void writesRequestsInTheApisWords() throws Exception {
        assertThat(mapper.writeValueAsString(new CreateDataset("my cats"))).isEqualTo("{\"name\":\"my cats\"}");
        assertThat(mapper.writeValueAsString(new TrainModel("d1", "my cats")))
                .isEqualTo("{\"dataset_id\":\"d1\",\"model_name\":\"my cats\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2000-01-23 04:56:07+00:00", "2000-01-23T04:56:07+00:00", "2000-01-23T04:56:07Z",
            "2000-01-23 05:56:07+0100", "2000-01-23T04:56:07+00", "2000-01-23T04:56:07", " 2000-01-23T04:56:07.000Z "})
    void readsATimeHoweverItIsWritten(String text) {
        assertThat(Times.parse(text)).contains(Instant.parse("2000-01-23T04:56:07Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "2000-13-23 04:56:07+00:00", "948603367"})
    void bearsATimeThatCannotBeRead(String text) {
        assertThat(Times.parse(text)).isEmpty();
    }
}
