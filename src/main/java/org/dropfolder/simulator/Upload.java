package org.dropfolder.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one upload brought, read to its end: nothing of it is in the dataset yet. For one thread. */
final class Upload {
    private final List<Image> images = new ArrayList<>();
    private final Map<String, String> captions = new HashMap<>();
    private final List<Failure> failures = new ArrayList<>();

    /** An image that passed its checks; its size in bytes, its SHA-256 in lower-case hexadecimal digits. */
    record Image(String name, long size, String sha256) { }

    /** A file that did not. */
    record Failure(Reason reason, String name) { }

    /** The failure reasons of an asset [ref]. */
    enum Reason {
        FAILED_SAFETY_CHECK, FILE_TOO_LARGE, INTERNAL_ERROR,
        INVALID_CAPTION, INVALID_IMAGE, INVALID_ZIP, TOO_MANY_IMAGES
    }

    void image(Image image) {
        images.add(image);
    }

    void caption(String name, String text) {
        captions.put(stem(name), text);
    }

    void failure(Reason reason, String name) {
        failures.add(new Failure(reason, name));
    }

    void addAll(Upload other) {
        images.addAll(other.images);
        captions.putAll(other.captions);
        failures.addAll(other.failures);
    }

    List<Image> images() {
        return images;
    }

    List<Failure> failures() {
        return failures;
    }

    /** The caption of an image: the text of its stem, folders included, wherever in the same request it stood. */
    Optional<String> caption(Image image) {
        return Optional.ofNullable(captions.get(stem(image.name())));
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
    }
}
