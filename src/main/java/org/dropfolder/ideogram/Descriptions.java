package org.dropfolder.ideogram;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/** The answer of {@code POST /describe}: several ways to say what an image shows. [ref] */
public record Descriptions(@JsonProperty(required = true) List<Description> descriptions) {

    public Descriptions {
        descriptions = Json.list(Json.required("descriptions", descriptions));
    }

    /** One of them; its text can be missing. */
    public record Description(Optional<String> text) { }

    /** The first that says anything. */
    public Optional<String> text() {
        return descriptions.stream().flatMap(description -> description.text().stream()).map(String::strip)
                .filter(text -> !text.isEmpty()).findFirst();
    }
}
