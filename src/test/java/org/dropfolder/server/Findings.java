package org.dropfolder.server;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final Codes CODES = new Codes();

    private final World world;
    private final Inbox inbox;
    private final Hashes hashes;
    private final Map<String, Row> owners = new HashMap<>();
    private final Map<String, String> remote = new HashMap<>();
    private final Map<String, Path> files = new HashMap<>();
    private final Map<String, String> pixels = new HashMap<>();

    Findings(World world, Inbox inbox, Hashes hashes, List<Row> rows) {
        this.world = world;
        this.inbox = inbox;
        this.hashes = hashes;
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
        for (String shelf : List.of("pending", "done")) {
            for (Path file : shelf(shelf)) {
                if (!isNote(file)) {
                    Found row = of(found, folder(name(shelf, file)));
                    String note = note(file);
                    hashes.of(file).ifPresent(hash -> files.put(hash, file));
                    if (note.isEmpty()) {
                        hashes.of(file).ifPresent(hash -> (shelf.equals("done") ? row.done() : row.pending()).add(hash));
                    } else {
                        hashes.of(file).ifPresent(hash -> row.noted().add(new Found.SetAside(hash, CODES.of(note), note)));
                    }
                }
            }
        }
        for (Path file : shelf("rejected")) {
            if (!isNote(file)) {
                String note = note(file);
                hashes.of(file).ifPresent(hash -> of(found, folder(name("rejected", file))).rejected()
                    .add(new Found.SetAside(hash, CODES.of(note), note)));
            }
        }
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

    private List<Path> shelf(String shelf) throws IOException {
        return World.files(world.data().resolve(shelf));
    }

    private String name(String shelf, Path file) {
        return world.data().resolve(shelf).relativize(file).toString();
    }

    private static boolean isNote(Path file) {
        return file.toString().endsWith(".reason.txt");
    }

    private static String note(Path file) throws IOException {
        Path note = file.resolveSibling(file.getFileName() + ".reason.txt");
        return Files.exists(note) ? Files.readString(note).strip() : "";
    }

    private String pixels(String hash) {
        return Optional.ofNullable(pixels.computeIfAbsent(hash, this::decoded)).orElse("");
    }

    /** Nothing for what is no image, and for what could not be read just now. */
    private String decoded(String hash) {
        try {
            BufferedImage image = files.containsKey(hash) ? ImageIO.read(files.get(hash).toFile()) : null;
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
