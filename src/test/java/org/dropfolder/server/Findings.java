package org.dropfolder.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.dropfolder.corpus.Codes;
import org.dropfolder.corpus.Found;
import org.dropfolder.corpus.Inbox;
import org.dropfolder.corpus.Row;
import org.dropfolder.ideogram.ModelName;
import org.dropfolder.simulator.Account;

/** Looks at all that is there, and tells which row each file is of. The server is asked nothing. Not thread safe. */
final class Findings {
    /** Where in rejected/ lies what lay in no folder. */
    private static final String NO_FOLDER = "_inbox";
    private static final String NOTE = ".reason.txt";
    private static final Codes CODES = new Codes();

    private final DropPlace place;
    private final Inbox inbox;
    private final Map<String, Row> owners = new HashMap<>();
    private final Map<String, String> remote = new HashMap<>();
    private final Map<String, String> notes = new HashMap<>();
    private final Map<String, String> files = new HashMap<>();
    private final Map<String, String> pixels = new HashMap<>();

    Findings(DropPlace place, Inbox inbox, List<Row> rows) {
        this.place = place;
        this.inbox = inbox;
        for (Row row : rows) {
            for (String dataset : row.datasets()) {
                Row other = owners.putIfAbsent(key(dataset), row);
                if (other != null && other != row) {
                    throw new IllegalArgumentException(dataset + " is of two rows: " + row.sentence() + ", " + other.sentence());
                }
                remote.put(ModelName.of(dataset), dataset);
            }
        }
    }

    /** What is there of each row, and under no row what nobody dropped. */
    Map<String, Found> look(Account account) throws IOException {
        Map<String, Found> found = new HashMap<>();
        for (Map.Entry<String, String> file : inbox.left().entrySet()) {
            of(found, folder(file.getKey())).inbox().put(file.getKey(), file.getValue());
        }
        shelf("pending", (file, hash, note) -> of(found, folder(file)).pending().add(hash));
        shelf("done", (file, hash, note) -> {
            Found row = of(found, folder(file));
            files.put(hash, file);
            if (note.isEmpty()) {
                row.done().add(hash);
            } else {
                row.noted().add(new Found.SetAside(hash, CODES.of(note), note));
            }
        });
        shelf("rejected", (file, hash, note) -> of(found, folder(file)).rejected().add(new Found.SetAside(hash, CODES.of(note), note)));
        for (Account.Dataset dataset : account.datasets()) {
            String name = remote.getOrDefault(dataset.name(), dataset.name());
            dataset.files().forEach(file -> of(found, name).sent()
                .add(new Found.Image(name, file.name(), file.sha256(), file.caption().orElse(""))));
        }
        return found;
    }

    /** Folders of one name in two spellings are one row's. */
    static String key(String folder) {
        return Normalizer.normalize(folder, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    private Found of(Map<String, Found> found, String dataset) {
        Row owner = owners.get(key(dataset));
        return found.computeIfAbsent(owner == null ? "" : owner.dataset(), any -> new Found(new LinkedHashMap<>(),
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), this::pixels));
    }

    /** What is done with a file that lies in a shelf; its note is empty where it has none. */
    @FunctionalInterface
    private interface Reader {
        void read(String path, String hash, String note) throws IOException;
    }

    private void shelf(String name, Reader reader) throws IOException {
        Tree shelf = place.shelf(name);
        Map<String, String> there = shelf.hashes();
        for (Map.Entry<String, String> file : there.entrySet()) {
            if (!file.getKey().endsWith(NOTE)) {
                String note = file.getKey() + NOTE;
                reader.read(file.getKey(), file.getValue(), there.containsKey(note) ? note(shelf, note, there.get(note)) : "");
            }
        }
    }

    private String note(Tree shelf, String path, String hash) throws IOException {
        if (!notes.containsKey(hash)) {
            shelf.bytes(path).map(bytes -> new String(bytes, UTF_8).strip()).ifPresent(note -> notes.put(hash, note));
        }
        return notes.getOrDefault(hash, "");
    }

    private String pixels(String hash) {
        return Optional.ofNullable(pixels.computeIfAbsent(hash, this::decoded)).orElse("");
    }

    /** Nothing for what is no image, and for what could not be read just now. */
    private String decoded(String hash) {
        try {
            Optional<byte[]> bytes = files.containsKey(hash) ? place.shelf("done").bytes(files.get(hash)) : Optional.empty();
            BufferedImage image = bytes.isEmpty() ? null : ImageIO.read(new ByteArrayInputStream(bytes.get()));
            return image == null ? null : image.getWidth() + "x" + image.getHeight();
        } catch (IOException e) {
            return null;
        }
    }

    private static String folder(String path) {
        String first = path.substring(0, Math.max(0, path.indexOf('/')));
        return first.equals(NO_FOLDER) ? "" : first;
    }

    /** Names of datasets at the simulator that no row fills. */
    Set<String> strangers(Account account) {
        return account.datasets().stream().map(Account.Dataset::name).filter(name -> !remote.containsKey(name)).collect(Collectors.toSet());
    }
}
