package org.dropfolder.ideogram;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallsTest {
    @ParameterizedTest
    @CsvSource({"GET, /datasets, list-datasets", "POST, /datasets, create-dataset", "GET, /datasets/J59-3kd, get-dataset",
        "POST, /datasets/J59-3kd/upload_assets, upload-assets", "POST, /v1/ideogram-v3/train-model, train-model",
        "POST, /v1/ideogram-v3/train-model-advanced, train-model", "GET, /models?scope=owned, list-models", "GET, /models/a-model, get-model",
        "GET, /behind/a/proxy/datasets, list-datasets", "DELETE, /datasets, other", "GET, /datasets/a/b, other", "GET, /, other"})
    void anAddressIsKnownAsACallAndItsIdsAreNot(String method, String path, String call) {
        assertThat(Calls.Call.of(method, path)).hasToString(call);
    }

    @ParameterizedTest
    @CsvSource({"200, done", "204, done", "301, refused", "401, refused", "429, refused", "500, failed", "503, failed"})
    void aStatusIsOneOfThreeOutcomes(int status, String outcome) {
        assertThat(Calls.Outcome.of(status)).hasToString(outcome);
    }
}
