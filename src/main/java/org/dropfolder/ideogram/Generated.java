package org.dropfolder.ideogram;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The answer of {@code POST /v1/ideogram-v3/generate}. [ref] */
public record Generated(@JsonProperty(required = true) List<Image> data) {

    public Generated {
        data = Json.list(Json.required("data", data));
    }

    /**
     * A picture.
     *
     * @param url where it can be fetched for a short time; one that is not safe has none
     */
    public record Image(Optional<String> url, @JsonProperty("is_image_safe") Optional<Boolean> isImageSafe) { }

    /**
     * Where the first is that has an address: an absolute one of a host. What is none is not handed on, since whoever asks for it may read
     * more out of it than an address.
     */
    public Optional<String> url() {
        return data.stream().flatMap(image -> image.url().stream()).filter(Generated::isAddress).findFirst();
    }

    private static boolean isAddress(String text) {
        try {
            URI address = new URI(text);
            return List.of("http", "https").contains(String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT)) && address.getHost() != null;
        } catch (URISyntaxException none) {
            return false;
        }
    }

    /** Whether the API says of any that it may not be shown. */
    public boolean isUnsafe() {
        return data.stream().anyMatch(image -> !image.isImageSafe().orElse(true));
    }
}
