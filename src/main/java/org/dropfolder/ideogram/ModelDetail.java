package org.dropfolder.ideogram;

/** The answer of {@code GET /models/{model_id}}. [ref] */
public record ModelDetail(CustomModel model) {

    public ModelDetail {
        Json.required("model", model);
    }
}
