package org.dropfolder.ideogram;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A file of a dataset; whether name and size, in bytes, are those that were sent, nobody promises. [open] */
public record DatasetFile(
        @JsonProperty("file_name") Optional<String> name,
        @JsonProperty("file_size_bytes") OptionalLong size) {

    private static final Set<String> IMAGES = Set.of("jpg", "jpeg", "png", "webp");

    /** Whether the name ends like that of an image the API takes (JPEG, PNG or WebP). */
    boolean namedLikeAnImage() {
        String text = name.orElse("");
        return IMAGES.contains(text.substring(text.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))
                && text.indexOf('.') >= 0;
    }
}
