package org.dropfolder.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The operations of the API that the simulator answers, each with its method and path. */
public enum Operation {
    LIST_DATASETS("GET", "/datasets"),
    CREATE_DATASET("POST", "/datasets"),
    GET_DATASET("GET", "/datasets/([^/]+)"),
    UPLOAD_ASSETS("POST", "/datasets/([^/]+)/upload_assets"),
    TRAIN_MODEL("POST", "/v1/ideogram-v3/train-model"),
    TRAIN_MODEL_ADVANCED("POST", "/v1/ideogram-v3/train-model-advanced"),
    LIST_MODELS("GET", "/models"),
    GET_MODEL("GET", "/models/([^/]+)"),
    DESCRIBE("POST", "/describe"),
    GENERATE("POST", "/v1/ideogram-v3/generate");

    private final String method;
    private final Pattern path;

    Operation(String method, String path) {
        this.method = method;
        this.path = Pattern.compile(path);
    }

    /** The operation of a request, or empty where the API has none. */
    static Optional<Operation> of(String method, String path) {
        return at(path).stream().filter(operation -> operation.method.equals(method)).findFirst();
    }

    /** The methods that a path knows; none where there is no such path. */
    static List<String> methods(String path) {
        return at(path).stream().map(operation -> operation.method).toList();
    }

    /** The id within the path, of an operation that has one there; otherwise the empty string. */
    String id(String requested) {
        Matcher matcher = path.matcher(requested);
        return matcher.matches() && matcher.groupCount() == 1 ? matcher.group(1) : "";
    }

    private static List<Operation> at(String path) {
        return Arrays.stream(values()).filter(operation -> operation.path.matcher(path).matches()).toList();
    }
}
