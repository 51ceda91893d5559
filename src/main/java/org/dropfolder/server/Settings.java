package org.dropfolder.server;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.ledger.LedgerFile;

/**
 * Every setting, typed and checked. Whoever holds one holds values that are in range; other rooms are given what they
 * need by constructor. Defaults stand in {@code config/application.properties} alone. Immutable.
 */
public final class Settings {
    private static final Key<URI> URL = new Key<>("ideogram.url", Kind.url());
    private static final Key<Secret> API_KEY = new Key<>("ideogram.api-key", Kind.secret());
    private static final Key<Optional<Path>> API_KEY_FILE = new Key<>(KeyFile.SETTING, Kind.fileOrNone());
    private static final Key<Integer> IN_FLIGHT = new Key<>("ideogram.in-flight", Kind.whole(3, 10));
    private static final Key<Duration> TIMEOUT = new Key<>("ideogram.timeout", Kind.duration("100ms", "1h"));
    private static final Key<String> UPLOAD_FIELD = new Key<>("ideogram.upload-field",
            Kind.text("a word of letters, digits and . _ - [ ]", "[A-Za-z0-9._\\[\\]-]{1,100}"));
    private static final Key<Path> INBOX = new Key<>("dropfolder.inbox", Kind.folder());
    private static final Key<Path> DATA = new Key<>("dropfolder.data", Kind.folder());
    // SQLite's databases without a name, or in memory, are forgotten at the end: that would pay for trainings twice
    private static final Key<String> LEDGER = new Key<>("dropfolder.ledger", Kind.text(
            "jdbc:sqlite: and a file, such as jdbc:sqlite:data/ledger.db", "jdbc:sqlite:(?!.*:memory:)[^?].*"));
    private static final Key<Duration> SCAN = new Key<>("dropfolder.scan", Kind.duration("10ms", "1h"));
    private static final Key<Duration> SETTLE = new Key<>("dropfolder.settle", Kind.duration("10ms", "1h"));
    private static final Key<Duration> BATCH_WAIT = new Key<>("dropfolder.batch.wait", Kind.duration("10ms", "24h"));
    private static final Key<Integer> BATCH_IMAGES = new Key<>("dropfolder.batch.images", Kind.whole(1, 100));
    private static final Key<Long> BATCH_SIZE = new Key<>("dropfolder.batch.size", Kind.size("1KB", "2GB"));
    private static final Key<Long> IMAGE_SIZE = new Key<>("dropfolder.image.size", Kind.size("1KB", "100MB"));
    private static final Key<Duration> CAPTION_WAIT = new Key<>("dropfolder.caption.wait", Kind.duration("10ms", "24h"));
    private static final Key<Integer> TRAINING_IMAGES = new Key<>("dropfolder.training.images", Kind.whole(15, 100));
    private static final Key<Duration> TRAINING_WAIT = new Key<>("dropfolder.training.wait", Kind.duration("10ms", "168h"));
    private static final Key<Start> TRAINING_START = new Key<>("dropfolder.training.start", Kind.oneOf(Start.class));
    private static final Key<Integer> TRAINING_DAILY = new Key<>("dropfolder.training.daily", Kind.whole(0, 1000));
    private static final Key<BigDecimal> TRAINING_PRICE = new Key<>("dropfolder.training.price", Kind.dollars());
    private static final Key<Optional<Integer>> TRAINING_RETRAIN = new Key<>("dropfolder.training.retrain",
            Kind.whole(1, 85).orOff());
    private static final Key<String> TRAINING_NAME = new Key<>("dropfolder.training.name", Kind.text(
            "{dataset}, {run}, letters, digits, spaces and hyphens", "([A-Za-z0-9 -]|\\{dataset}|\\{run}){1,40}"));
    private static final Key<Duration> UPLOAD_DOUBT = new Key<>("dropfolder.upload.doubt", Kind.duration("10ms", "24h"));
    private static final Key<Optional<Duration>> TRAINING_DOUBT = new Key<>("dropfolder.training.doubt",
            Kind.duration("10ms", "168h").orOff());
    private static final Key<Duration> SWEEP = new Key<>("dropfolder.sweep", Kind.duration("10ms", "1h"));
    private static final Key<Duration> POLL_DELAY = new Key<>("dropfolder.poll.delay", Kind.duration("10ms", "1h"));
    private static final Key<Duration> POLL_TIMEOUT = new Key<>("dropfolder.poll.timeout", Kind.duration("100ms", "720h"));
    private static final Key<String> HTTP_HOST = new Key<>("dropfolder.http.host",
            Kind.text("an address or a host name of this machine, such as 127.0.0.1", "[A-Za-z0-9._:%-]{1,253}"));
    private static final Key<Integer> HTTP_PORT = new Key<>("dropfolder.http.port", Kind.whole(0, 65535));

    /** Every key there is, in the order of the file. */
    static final List<Key<?>> KEYS = List.of(URL, API_KEY, API_KEY_FILE, IN_FLIGHT, TIMEOUT, UPLOAD_FIELD, INBOX, DATA, LEDGER,
            SCAN, SETTLE, BATCH_WAIT, BATCH_IMAGES, BATCH_SIZE, IMAGE_SIZE, CAPTION_WAIT, TRAINING_IMAGES, TRAINING_WAIT, TRAINING_START,
            TRAINING_DAILY, TRAINING_PRICE, TRAINING_RETRAIN, TRAINING_NAME, UPLOAD_DOUBT, TRAINING_DOUBT, SWEEP, POLL_DELAY, POLL_TIMEOUT, HTTP_HOST, HTTP_PORT);

    /** Where a simulated run works unless the command line says otherwise: never on real photos or the real ledger. */
    private static final Map<Key<?>, String> SIMULATED = Map.of(INBOX, "inbox-simulated", DATA, "data-simulated",
            LEDGER, "jdbc:sqlite:{{dropfolder.data}}/ledger.db");
    /** Nothing can answer at port 0: a simulated run that was given no simulator still can't reach the real API. */
    private static final URI NOWHERE = URI.create("http://127.0.0.1:0");

    /**
     * The API.
     *
     * @param url      without a trailing slash
     * @param apiKey   {@link Secret#NONE} where none was set
     * @param keyFile  what holds the key instead
     * @param inFlight requests under way at once, at most
     * @param timeout  without a byte from the API
     */
    public record Ideogram(URI url, Secret apiKey, Optional<Path> keyFile, int inFlight, Duration timeout, String uploadField) { }

    /** Where images come in, where everything else is, and the ledger's JDBC URL. Paths are as they were given. */
    public record Folders(Path inbox, Path data, String ledgerUrl) {
        /** The file of the ledger that the URL names. */
        public Path ledgerFile() {
            return new LedgerFile(ledgerUrl).path();
        }
    }

    /** @param imageSize in bytes, at most */
    public record Intake(Duration scan, Duration settle, long imageSize, Duration captionWait) { }

    /**
     * When a batch goes. What the file calls {@code wait} is {@code quiet} here: no record may have a {@code wait()}.
     *
     * @param quiet nothing new came for this long
     * @param size  in bytes, at most
     */
    public record Batch(Duration quiet, int images, long size) { }

    /**
     * When a training starts, and what it is called.
     *
     * @param images how many it takes, at least
     * @param quiet  and nothing arrived for this long ({@code dropfolder.training.wait})
     * @param daily  how many start within 24 hours, at most
     * @param price  US dollars
     * @param retrain a next version is trained after so many images more; empty for never
     * @param name   with {@code {dataset}} and {@code {run}} still in it
     */
    public record Training(int images, Duration quiet, Start start, int daily, BigDecimal price, Optional<Integer> retrain,
            String name) { }

    /** Whether a training starts by itself or waits for a person. */
    public enum Start { AUTO, APPROVE }

    /**
     * How long listings must deny what may have happened until that is believed.
     *
     * @param training empty where only a person may decide it
     */
    public record Doubt(Duration upload, Optional<Duration> training) { }

    /** Following a training. */
    public record Poll(Duration delay, Duration timeout) { }

    /** @param port 0 for any that is free */
    public record Http(String host, int port) { }

    private final Ideogram ideogram;
    private final Map<String, String> properties;
    private final List<String> warnings;
    private final boolean simulated;

    private Settings(Ideogram ideogram, Map<String, String> properties, List<String> warnings, boolean simulated) {
        Map<String, String> shown = new LinkedHashMap<>(properties);
        shown.remove(API_KEY.name());
        shown.put(URL.name(), ideogram.url().toString());
        this.ideogram = ideogram;
        this.properties = Collections.unmodifiableMap(shown);
        this.warnings = List.copyOf(warnings);
        this.simulated = simulated;
    }

    /**
     * The settings of the real server.
     *
     * @param file        {@code config/application.properties}
     * @param commandLine what came with -D; before the environment, which is before the file
     * @param environment names and values of the process
     * @throws SettingsException for the first thing that is missing, unknown or not allowed; not for a missing API key
     */
    public static Settings load(Path file, Map<String, String> commandLine, Map<String, String> environment) {
        return checked(file, SettingsFile.read(file), commandLine, environment);
    }

    /**
     * The settings of a run against the simulator: like {@link #load}, but of the inbox, the data and the ledger only
     * what the command line says counts, and the real API's address and key are checked and forgotten.
     * {@link #withIdeogram} tells where the simulator is.
     *
     * @throws SettingsException as {@link #load} does
     */
    public static Settings simulated(Path file, Map<String, String> commandLine, Map<String, String> environment) {
        Map<String, String> inFile = new LinkedHashMap<>(SettingsFile.read(file));
        Map<String, String> remaining = new HashMap<>(environment);
        List<String> warnings = new ArrayList<>();
        KEYS.stream().filter(SIMULATED::containsKey).forEach(key -> {
            inFile.put(key.name(), SIMULATED.get(key));
            if (remaining.remove(key.environmentName()) != null) {
                warnings.add("%s from the environment is not used by a simulated run, since it is the real server's; -D%s=... is"
                        .formatted(key.environmentName(), key.name()));
            }
        });
        Settings checked = checked(file, inFile, commandLine, remaining);
        warnings.addAll(checked.warnings);
        return new Settings(checked.ideogramAt(NOWHERE, Secret.NONE), checked.properties, warnings, true);
    }

    private static Settings checked(Path file, Map<String, String> inFile, Map<String, String> commandLine,
            Map<String, String> environment) {
        UnknownNames unknown = new UnknownNames(KEYS);
        List<String> warnings = new ArrayList<>(unknown.keys(inFile.keySet(), file.toString()));
        warnings.addAll(unknown.keys(commandLine.keySet(), "-D"));
        warnings.addAll(unknown.environment(environment));
        Map<String, String> texts = new Sources(KEYS, file, inFile, commandLine, environment).checked();
        checkTogether(texts);
        Ideogram ideogram = new Ideogram(URL.in(texts), API_KEY.in(texts), API_KEY_FILE.in(texts), IN_FLIGHT.in(texts),
                TIMEOUT.in(texts), UPLOAD_FIELD.in(texts));
        for (Map<String, String> source : List.of(inFile, commandLine)) {
            source.keySet().stream().filter(name -> name.startsWith("camel.")).forEach(name -> texts.put(name, source.get(name)));
        }
        return new Settings(ideogram, texts, warnings, false);
    }

    private static void checkTogether(Map<String, String> texts) {
        if (TRAINING_RETRAIN.in(texts).isPresent() && !TRAINING_NAME.in(texts).contains("{run}")) {
            throw new SettingsException("dropfolder.training.retrain is %s, so dropfolder.training.name must hold {run}, such as "
                    .formatted(texts.get(TRAINING_RETRAIN.name())) + "{dataset} v{run}: two models of one name can't be told apart");
        }
        if (API_KEY.in(texts).isSet() && API_KEY_FILE.in(texts).isPresent()) {
            throw new SettingsException("ideogram.api-key and ideogram.api-key-file are both set, and only one can count: "
                    + "unset one of them (ideogram.api-key may come from IDEOGRAM_API_KEY)");
        }
    }

    /** The same settings for an API elsewhere, such as the simulator; {@code url} is taken as it is. */
    public Settings withIdeogram(URI url, Secret apiKey) {
        return new Settings(ideogramAt(url, apiKey), properties, warnings, simulated);
    }

    private Ideogram ideogramAt(URI url, Secret apiKey) {
        return new Ideogram(url, apiKey, Optional.empty(), ideogram.inFlight, ideogram.timeout, ideogram.uploadField);
    }

    /**
     * The API's key, for whatever can't go on without it.
     *
     * @throws SettingsException when none was set, or its file does not hold one; it says how to set one
     */
    public Secret requireKey() {
        if (ideogram.keyFile.isPresent()) {
            return KeyFile.read(ideogram.keyFile.get());
        }
        if (!ideogram.apiKey.isSet()) {
            throw new SettingsException("ideogram.api-key is not set, so Ideogram would refuse every request: "
                    + "export IDEOGRAM_API_KEY=..., or name a file that holds it (ideogram.api-key-file), "
                    + "or try 'run --simulate', which needs none");
        }
        return ideogram.apiKey;
    }

    public Ideogram ideogram() {
        return ideogram;
    }

    public Folders folders() {
        return new Folders(INBOX.in(properties), DATA.in(properties), LEDGER.in(properties));
    }

    public Intake intake() {
        return new Intake(SCAN.in(properties), SETTLE.in(properties), IMAGE_SIZE.in(properties), CAPTION_WAIT.in(properties));
    }

    public Batch batch() {
        return new Batch(BATCH_WAIT.in(properties), BATCH_IMAGES.in(properties), BATCH_SIZE.in(properties));
    }

    public Training training() {
        return new Training(TRAINING_IMAGES.in(properties), TRAINING_WAIT.in(properties), TRAINING_START.in(properties),
                TRAINING_DAILY.in(properties), TRAINING_PRICE.in(properties), TRAINING_RETRAIN.in(properties), TRAINING_NAME.in(properties));
    }

    public Doubt doubt() {
        return new Doubt(UPLOAD_DOUBT.in(properties), TRAINING_DOUBT.in(properties));
    }

    public Poll poll() {
        return new Poll(POLL_DELAY.in(properties), POLL_TIMEOUT.in(properties));
    }

    public Http http() {
        return new Http(HTTP_HOST.in(properties), HTTP_PORT.in(properties));
    }

    /** Whether these settings are for a run against the simulator. */
    public boolean simulated() {
        return simulated;
    }

    /** Lines for the log, of what was set and is not used. */
    public List<String> warnings() {
        return warnings;
    }

    /** Every key of ours but the secret one, resolved, and the {@code camel.*} keys as they were written: for placeholders. */
    public Map<String, String> asProperties() {
        return properties;
    }

    @Override
    public String toString() {
        return "Settings" + properties;
    }
}
