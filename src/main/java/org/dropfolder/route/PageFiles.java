package org.dropfolder.route;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that the page is made of, whole in memory: these, and no others. Immutable. */
final class PageFiles {
    static final String INDEX = "index.html";
    static final List<String> NAMES = List.of(INDEX, "page.css", "icon.svg", "nothing.svg", "page.js", "api.js", "dom.js", "live.js",
        "overview.js", "dataset.js", "parts.js", "preflight.js", "orders.js", "drop.js", "dropfolder.schema.json");
    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8", "css", "text/css; charset=utf-8",
        "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml",
        "json", "application/schema+json");

    private final Map<String, Leaf> leaves = new LinkedHashMap<>();

    PageFiles() {
        NAMES.forEach(name -> leaves.put(name, read(name)));
    }

    /**
     * One of them.
     *
     * @param version another content has another one
     */
    record Leaf(String type, String version, byte[] bytes) { }

    /** The file of this name. */
    Optional<Leaf> of(String name) {
        return Optional.ofNullable(leaves.get(name));
    }

    private static Leaf read(String name) {
        try (InputStream stream = PageFiles.class.getResourceAsStream("/page/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("Could not find /page/" + name + " in this program: build it anew.");
            }
            byte[] bytes = stream.readAllBytes();
            String version = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            return new Leaf(TYPES.get(name.substring(name.lastIndexOf('.') + 1)), version, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read /page/" + name + " in this program: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
