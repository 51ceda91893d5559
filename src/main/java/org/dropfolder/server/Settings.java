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
import org.dropfolder.folder.Start;
import org.dropfolder.ledger.LedgerFile;
import org.dropfolder.pipeline.Subscriber;

/**
 * Every setting, typed and checked. Whoever holds one holds values that are in range; other rooms are given what they
 * need by constructor. Defaults stand in {@code config/application.properties} alone. Immutable.
 */
public final class Settings {
    /** Where a simulated run works unless the command line says otherwise: never on real photos or the real ledger. */
    private static final Map<Key<?>, String> SIMULATED = Map.of(Keys.INBOX, "inbox-simulated",
            Keys.DATA, "data-simulated", Keys.LEDGER, "jdbc:sqlite:{{dropfolder.data}}/ledger.db", Keys.S3_STORE, "");
    private static final List<Key<?>> HIDDEN = List.of(Keys.API_KEY, Keys.S3_ACCESS_KEY, Keys.S3_SECRET_KEY, Keys.HTTP_TOKEN,
            Keys.NOTIFY_URL, Keys.NOTIFY_SECRET);
    /** What is shorter can be guessed. */
    private static final int SAFE_TOKEN = 16;
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

    /**
     * Where images come in, where everything else is, and the ledger's JDBC URL. Paths are as they were given.
     *
     * @param inbox a folder's path; where it is a place in a bucket, {@link #bucket} tells more
     */
    public record Folders(String inbox, Path data, String ledgerUrl) {
        /** The inbox, where it is a folder. */
        public Path inboxFolder() {
            return Path.of(inbox);
        }

        /** The file of the ledger that the URL names. */
        public Path ledgerFile() {
            return new LedgerFile(ledgerUrl).path();
        }
    }

    /**
     * What is taken out of the inbox, and when.
     *
     * @param unfinished an image that ends too early is still being copied, until it stood still for so long
     * @param imageSize  in bytes, at most
     * @param convert    whether images that Ideogram does not take are made into such that it takes
     * @param report     whether a word is written into each dataset's folder
     * @param preflight  whether images are measured, and what these measures say together is told
     */
    public record Intake(Duration scan, Duration settle, Duration unfinished, long imageSize, boolean convert,
            Duration captionWait, boolean report, boolean preflight) { }

    /**
     * @param byDefault      the dataset of what lies directly in the inbox; empty where that is set aside
     * @param folderSettings whether a folder may set something for its trainings
     */
    public record Datasets(Optional<String> byDefault, Overflow overflow, boolean folderSettings) { }

    /** What becomes of images beyond those that a dataset can hold: set aside, or put into a next dataset. */
    public enum Overflow { ASIDE, NEXT }

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

    /**
     * How long listings must deny what may have happened until that is believed.
     *
     * @param training empty where only a person may decide it
     */
    public record Doubt(Duration upload, Optional<Duration> training) { }

    /** Following a training. */
    public record Poll(Duration delay, Duration timeout) { }

    /**
     * Where people and programs reach the server.
     *
     * @param port  0 for any that is free
     * @param token whoever sends it may steer; {@link Secret#NONE} where one is to be made at the start
     * @param names by which it is reached beside its own, as through a proxy
     */
    public record Http(String host, int port, Secret token, List<String> names) { }

    /** How the log looks: lines that people read, or objects that programs read. */
    public enum Log { STORY, JSON }

    /** What holds secrets, which stand in no property. */
    private record Sides(Ideogram ideogram, Optional<Bucket> bucket, Http http, Optional<Subscriber> subscriber) { }

    private final Sides sides;
    private final Map<String, String> properties;
    private final List<String> warnings;
    private final boolean simulated;

    private Settings(Sides sides, Map<String, String> properties, List<String> warnings, boolean simulated) {
        Map<String, String> shown = new LinkedHashMap<>(properties);
        HIDDEN.forEach(key -> shown.remove(key.name()));
        shown.put(Keys.URL.name(), sides.ideogram.url().toString());
        shown.put("dropfolder.inbox.kind", sides.bucket.isPresent() ? "bucket" : "folder");
        this.sides = sides;
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
        return checked(file, SettingsFile.read(file), commandLine, environment, false);
    }

    /**
     * The settings of a run against the simulator: like {@link #load}, but of the inbox, the data, the store and the ledger only
     * what the command line says counts, and the real API's address and key are checked and forgotten.
     * {@link #withIdeogram} tells where the simulator is.
     *
     * @throws SettingsException as {@link #load} does
     */
    public static Settings simulated(Path file, Map<String, String> commandLine, Map<String, String> environment) {
        Map<String, String> inFile = new LinkedHashMap<>(SettingsFile.read(file));
        Map<String, String> remaining = new HashMap<>(environment);
        List<String> warnings = new ArrayList<>();
        Keys.ALL.stream().filter(SIMULATED::containsKey).forEach(key -> {
            inFile.put(key.name(), SIMULATED.get(key));
            if (remaining.remove(key.environmentName()) != null) {
                warnings.add("%s from the environment is not used by a simulated run, since it is the real server's; -D%s=... is"
                        .formatted(key.environmentName(), key.name()));
            }
        });
        Settings checked = checked(file, inFile, commandLine, remaining, true);
        warnings.addAll(checked.warnings);
        return new Settings(checked.withIdeogramAt(NOWHERE, Secret.NONE), checked.properties, warnings, true);
    }

    private static Settings checked(Path file, Map<String, String> inFile, Map<String, String> commandLine,
            Map<String, String> environment, boolean simulated) {
        UnknownNames unknown = new UnknownNames(Keys.ALL);
        List<String> warnings = new ArrayList<>(unknown.keys(inFile.keySet(), file.toString()));
        warnings.addAll(unknown.keys(commandLine.keySet(), "-D"));
        warnings.addAll(unknown.environment(environment));
        Map<String, String> texts = new Sources(Keys.ALL, file, inFile, commandLine, environment).checked();
        checkTogether(texts);
        Ideogram ideogram = new Ideogram(Keys.URL.in(texts), Keys.API_KEY.in(texts), Keys.API_KEY_FILE.in(texts), Keys.IN_FLIGHT.in(texts),
                Keys.TIMEOUT.in(texts), Keys.UPLOAD_FIELD.in(texts));
        for (Map<String, String> source : List.of(inFile, commandLine)) {
            source.keySet().stream().filter(name -> name.startsWith("camel.")).forEach(name -> texts.put(name, source.get(name)));
        }
        Http http = new Http(Keys.HTTP_HOST.in(texts), Keys.HTTP_PORT.in(texts), Keys.HTTP_TOKEN.in(texts), Keys.HTTP_NAMES.in(texts));
        if (http.token.isSet() && http.token.reveal().length() < SAFE_TOKEN) {
            warnings.add("dropfolder.http.token is shorter than %d characters, and can be guessed: set a longer one".formatted(SAFE_TOKEN));
        }
        return new Settings(new Sides(ideogram, Bucket.of(texts, simulated), http, Subscription.of(texts, simulated, warnings)), texts, warnings, simulated);
    }

    private static void checkTogether(Map<String, String> texts) {
        if (Keys.TRAINING_RETRAIN.in(texts).isPresent() && !Keys.TRAINING_NAME.in(texts).contains("{run}")) {
            throw new SettingsException("dropfolder.training.retrain is %s, so dropfolder.training.name must hold {run}, such as "
                    .formatted(texts.get(Keys.TRAINING_RETRAIN.name())) + "{dataset} v{run}: two models of one name can't be told apart");
        }
        if (Keys.TRAINING_START.in(texts) == Start.CAREFUL && !Keys.PREFLIGHT.in(texts)) {
            throw new SettingsException("dropfolder.training.start is careful, so dropfolder.preflight must be on, by which it goes");
        }
        if (Keys.API_KEY.in(texts).isSet() && Keys.API_KEY_FILE.in(texts).isPresent()) {
            throw new SettingsException("ideogram.api-key and ideogram.api-key-file are both set, and only one can count: "
                    + "unset one of them (ideogram.api-key may come from IDEOGRAM_API_KEY)");
        }
    }

    /** The same settings for an API elsewhere, such as the simulator; {@code url} is taken as it is. */
    public Settings withIdeogram(URI url, Secret apiKey) {
        return new Settings(withIdeogramAt(url, apiKey), properties, warnings, simulated);
    }

    private Sides withIdeogramAt(URI url, Secret apiKey) {
        Ideogram real = sides.ideogram;
        return new Sides(new Ideogram(url, apiKey, Optional.empty(), real.inFlight, real.timeout, real.uploadField), sides.bucket, sides.http,
                sides.subscriber);
    }

    /**
     * The API's key, for whatever can't go on without it.
     *
     * @throws SettingsException when none was set, or its file does not hold one; it says how to set one
     */
    public Secret requireKey() {
        if (sides.ideogram.keyFile.isPresent()) {
            return KeyFile.read(sides.ideogram.keyFile.get());
        }
        if (!sides.ideogram.apiKey.isSet()) {
            throw new SettingsException("ideogram.api-key is not set, so Ideogram would refuse every request: "
                    + "export IDEOGRAM_API_KEY=..., or name a file that holds it (ideogram.api-key-file), "
                    + "or try 'run --simulate', which needs none");
        }
        return sides.ideogram.apiKey;
    }

    public Ideogram ideogram() {
        return sides.ideogram;
    }

    public Folders folders() {
        return new Folders(Keys.INBOX.in(properties), Keys.DATA.in(properties), Keys.LEDGER.in(properties));
    }

    /** The inbox, where it is a part of a bucket; none where it is a folder. */
    public Optional<Bucket> bucket() {
        return sides.bucket;
    }

    /** Where people find what has this target: a path, or an address in a bucket. */
    public String whereIs(String target) {
        return sides.bucket.map(there -> there.store().address(target)).orElseGet(() -> folders().data().resolve(target).toString());
    }

    public Intake intake() {
        return new Intake(Keys.SCAN.in(properties), Keys.SETTLE.in(properties), Keys.UNFINISHED.in(properties),
                Keys.IMAGE_SIZE.in(properties), Keys.CONVERT.in(properties), Keys.CAPTION_WAIT.in(properties),
                Keys.REPORT.in(properties), Keys.PREFLIGHT.in(properties));
    }

    public Datasets datasets() {
        return new Datasets(Keys.DEFAULT_DATASET.in(properties), Keys.OVERFLOW.in(properties), Keys.FOLDER_SETTINGS.in(properties));
    }

    public Batch batch() {
        return new Batch(Keys.BATCH_WAIT.in(properties), Keys.BATCH_IMAGES.in(properties), Keys.BATCH_SIZE.in(properties));
    }

    public Training training() {
        return new Training(Keys.TRAINING_IMAGES.in(properties), Keys.TRAINING_WAIT.in(properties), Keys.TRAINING_START.in(properties),
                Keys.TRAINING_DAILY.in(properties), Keys.TRAINING_PRICE.in(properties), Keys.TRAINING_RETRAIN.in(properties), Keys.TRAINING_NAME.in(properties));
    }

    public Doubt doubt() {
        return new Doubt(Keys.UPLOAD_DOUBT.in(properties), Keys.TRAINING_DOUBT.in(properties));
    }

    public Poll poll() {
        return new Poll(Keys.POLL_DELAY.in(properties), Keys.POLL_TIMEOUT.in(properties));
    }

    public Http http() {
        return sides.http;
    }

    public Log log() {
        return Keys.LOG.in(properties);
    }

    /** Who is told of each event of interest; none where nobody is. */
    public Optional<Subscriber> subscriber() {
        return sides.subscriber;
    }

    /** Whether these settings are for a run against the simulator. */
    public boolean simulated() {
        return simulated;
    }

    /** Lines for the log, of what was set and is not used. */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * Every key of ours but the secret ones, resolved, the {@code camel.*} keys as they were written, and {@code dropfolder.inbox.kind},
     * which is {@code folder} or {@code bucket}: for placeholders.
     */
    public Map<String, String> asProperties() {
        return properties;
    }

    @Override
    public String toString() {
        return "Settings" + properties;
    }
}
