package org.dropfolder.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What was dropped, and what must become of it. Not thread safe. */
final class Drop {
    private final Path inbox;
    private final Putting putting;
    private final Map<String, Integer> files = new HashMap<>();
    private final Map<String, Map<String, String>> images = new LinkedHashMap<>();
    private int count;

    /** Puts a file into the inbox, where it is whole at once. */
    @FunctionalInterface
    interface Putting {
        /** @param location where, below the inbox */
        void put(String location, byte[] bytes) throws IOException;
    }

    /** Into the inbox of a world of folders. */
    Drop(World world) {
        this.inbox = world.inbox();
        this.putting = this::write;
    }

    Drop(World world, Putting putting) {
        this.inbox = world.inbox();
        this.putting = putting;
    }

    /** An image that is new to its dataset; with a caption unless that is empty, which lies there before. */
    void image(String dataset, String name, byte[] bytes, String caption) throws IOException {
        if (!caption.isEmpty()) {
            other(dataset, name.substring(0, name.lastIndexOf('.')) + ".txt", caption.getBytes());
        }
        other(dataset, name, bytes);
        images.computeIfAbsent(dataset, any -> new LinkedHashMap<>()).put(World.hash(bytes), caption);
    }

    /** An image that is written in two steps, under its own name from the first. */
    void slowly(String dataset, String name, byte[] bytes) throws IOException {
        Path file = inbox.resolve(dataset).resolve(name);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(bytes, 0, bytes.length / 2);
            out.flush();
            out.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
        }
        images.computeIfAbsent(dataset, any -> new LinkedHashMap<>()).put(World.hash(bytes), "");
        count(bytes);
    }

    /** A file that never gets into its dataset by itself: no image, or one that is there already. */
    void other(String dataset, String name, byte[] bytes) throws IOException {
        putting.put(dataset + "/" + name, bytes);
        count(bytes);
    }

    /** A part of a container: an image that is new to its dataset, with a caption unless that is empty. It lies somewhere, too. */
    void imageIn(String dataset, byte[] bytes, String caption) {
        images.computeIfAbsent(dataset, any -> new LinkedHashMap<>()).put(World.hash(bytes), caption);
        otherIn(bytes);
    }

    /** A part of a container that lies somewhere, and never gets into its dataset. */
    void otherIn(byte[] bytes) {
        files.merge(World.hash(bytes), 1, Integer::sum);
    }

    /** A file that lies somewhere was overwritten by an image that is new to its dataset. */
    void replaced(String dataset, byte[] before, byte[] image) {
        files.merge(World.hash(before), -1, Integer::sum);
        imageIn(dataset, image, "");
    }

    /** How many files of each content were dropped, or were parts of what was dropped. */
    Map<String, Integer> files() {
        return files;
    }

    /** How many files were dropped. */
    int count() {
        return count;
    }

    Set<String> datasets() {
        return new HashSet<>(images.keySet());
    }

    /** The captions of a dataset's images, by the image's hash; an empty text for none. */
    Map<String, String> images(String dataset) {
        return images.get(dataset);
    }

    private void write(String location, byte[] bytes) throws IOException {
        Path file = inbox.resolve(location);
        Files.createDirectories(file.getParent());
        // as people's programs do it: a name that is passed over until the file is whole
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, bytes);
        Files.move(part, file);
    }

    private void count(byte[] bytes) {
        files.merge(World.hash(bytes), 1, Integer::sum);
        count++;
    }
}
