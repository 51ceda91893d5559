package org.dropfolder.server;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.dropfolder.folder.Start;
import org.dropfolder.store.S3Place;

/** Every key of the settings: what it is called, and what its value may be. */
final class Keys {
    static final Key<URI> URL = new Key<>("ideogram.url", Kind.url());
    static final Key<Secret> API_KEY = new Key<>("ideogram.api-key", Kind.secret());
    static final Key<Optional<Path>> API_KEY_FILE = new Key<>(KeyFile.SETTING, Kind.file().orNone());
    static final Key<Integer> IN_FLIGHT = new Key<>("ideogram.in-flight", Kind.whole(3, 10));
    static final Key<Duration> TIMEOUT = new Key<>("ideogram.timeout", Kind.duration("100ms", "1h"));
    static final Key<String> UPLOAD_FIELD = new Key<>("ideogram.upload-field",
            Kind.text("a word of letters, digits and . _ - [ ]", "[A-Za-z0-9._\\[\\]-]{1,100}"));
    static final Key<String> INBOX = new Key<>("dropfolder.inbox", Kind.folderOrPlace());
    static final Key<Path> DATA = new Key<>("dropfolder.data", Kind.folder());
    // SQLite's databases without a name, or in memory, are forgotten at the end: that would pay for trainings twice
    static final Key<String> LEDGER = new Key<>("dropfolder.ledger", Kind.text(
            "jdbc:sqlite: and a file, such as jdbc:sqlite:data/ledger.db", "jdbc:sqlite:(?!.*:memory:)[^?].*"));
    static final Key<String> S3_REGION = new Key<>("dropfolder.s3.region",
            Kind.text("the name of a region such as eu-central-1", "[a-z0-9-]{1,50}"));
    static final Key<Optional<URI>> S3_ENDPOINT = new Key<>("dropfolder.s3.endpoint", Kind.endpoint().orNone());
    static final Key<Boolean> S3_PATH_STYLE = new Key<>("dropfolder.s3.path-style", Kind.trueOrFalse());
    static final Key<Secret> S3_ACCESS_KEY = new Key<>("dropfolder.s3.access-key", Kind.secret());
    static final Key<Secret> S3_SECRET_KEY = new Key<>("dropfolder.s3.secret-key", Kind.secret());
    static final Key<Duration> S3_SCAN = new Key<>("dropfolder.s3.scan", Kind.duration("10ms", "1h"));
    static final Key<Optional<S3Place>> S3_STORE = new Key<>("dropfolder.s3.store", Kind.place().orNone());
    static final Key<Optional<String>> S3_ENCRYPTION = new Key<>("dropfolder.s3.encryption",
            Kind.text("AES256, aws:kms or aws:kms:dsse", "AES256|aws:kms(:dsse)?").orNone());
    static final Key<Optional<String>> S3_KMS_KEY = new Key<>("dropfolder.s3.kms-key",
            Kind.text("the id, alias or ARN of a key", "[A-Za-z0-9:/_-]{1,2048}").orNone());
    static final Key<Duration> SCAN = new Key<>("dropfolder.scan", Kind.duration("10ms", "1h"));
    static final Key<Duration> SETTLE = new Key<>("dropfolder.settle", Kind.duration("10ms", "1h"));
    static final Key<Duration> UNFINISHED = new Key<>("dropfolder.unfinished", Kind.duration("10ms", "24h"));
    static final Key<Boolean> CONVERT = new Key<>("dropfolder.image.convert", Kind.onOrOff());
    static final Key<Boolean> REPORT = new Key<>("dropfolder.inbox.report", Kind.onOrOff());
    static final Key<Optional<String>> DEFAULT_DATASET = new Key<>("dropfolder.dataset.default", Kind.folderNameOrNone());
    static final Key<Boolean> FOLDER_SETTINGS = new Key<>("dropfolder.folder-settings", Kind.onOrOff());
    static final Key<Settings.Overflow> OVERFLOW = new Key<>("dropfolder.dataset.overflow", Kind.oneOf(Settings.Overflow.class));
    static final Key<Duration> BATCH_WAIT = new Key<>("dropfolder.batch.wait", Kind.duration("10ms", "24h"));
    static final Key<Integer> BATCH_IMAGES = new Key<>("dropfolder.batch.images", Kind.whole(1, 100));
    static final Key<Long> BATCH_SIZE = new Key<>("dropfolder.batch.size", Kind.size("1KB", "4GB"));
    static final Key<Long> IMAGE_SIZE = new Key<>("dropfolder.image.size", Kind.size("1KB", "100MB"));
    static final Key<Duration> CAPTION_WAIT = new Key<>("dropfolder.caption.wait", Kind.duration("10ms", "24h"));
    static final Key<Boolean> CAPTION_DESCRIBE = new Key<>("dropfolder.caption.describe", Kind.onOrOff());
    static final Key<Integer> CAPTION_BUDGET = new Key<>("dropfolder.caption.budget", Kind.whole(1, 10_000));
    static final Key<Boolean> PREFLIGHT = new Key<>("dropfolder.preflight", Kind.onOrOff());
    static final Key<Integer> TRAINING_IMAGES = new Key<>("dropfolder.training.images", Kind.whole(15, 100));
    static final Key<Duration> TRAINING_WAIT = new Key<>("dropfolder.training.wait", Kind.duration("10ms", "168h"));
    static final Key<Start> TRAINING_START = new Key<>("dropfolder.training.start", Kind.oneOf(Start.class));
    static final Key<Integer> TRAINING_DAILY = new Key<>("dropfolder.training.daily", Kind.whole(0, 1000));
    static final Key<BigDecimal> TRAINING_PRICE = new Key<>("dropfolder.training.price", Kind.dollars());
    static final Key<Optional<Integer>> TRAINING_RETRAIN = new Key<>("dropfolder.training.retrain",
            Kind.whole(1, 85).orOff());
    static final Key<String> TRAINING_NAME = new Key<>("dropfolder.training.name", Kind.text(
            "{dataset}, {run}, letters, digits, spaces and hyphens", "([A-Za-z0-9 -]|\\{dataset}|\\{run}){1,40}"));
    static final Key<Optional<String>> SAMPLE_PROMPT = new Key<>("dropfolder.sample.prompt",
            Kind.text("a text of at most 1000 characters, in one line", "\\P{Cntrl}{1,1000}").orNone());
    static final Key<String> SAMPLE_SPEED = new Key<>("dropfolder.sample.speed",
            Kind.text("FLASH, TURBO, DEFAULT or QUALITY", "FLASH|TURBO|DEFAULT|QUALITY"));
    static final Key<Duration> UPLOAD_DOUBT = new Key<>("dropfolder.upload.doubt", Kind.duration("10ms", "24h"));
    static final Key<Optional<Duration>> TRAINING_DOUBT = new Key<>("dropfolder.training.doubt",
            Kind.duration("10ms", "168h").orOff());
    static final Key<Duration> SWEEP = new Key<>("dropfolder.sweep", Kind.duration("10ms", "1h"));
    static final Key<Duration> POLL_DELAY = new Key<>("dropfolder.poll.delay", Kind.duration("10ms", "1h"));
    static final Key<Duration> POLL_TIMEOUT = new Key<>("dropfolder.poll.timeout", Kind.duration("100ms", "720h"));
    static final Key<Optional<URI>> NOTIFY_URL = new Key<>("dropfolder.notify.url", Kind.receiver());
    static final Key<Secret> NOTIFY_SECRET = new Key<>("dropfolder.notify.secret", Kind.signingSecret());
    static final Key<String> HTTP_HOST = new Key<>("dropfolder.http.host",
            Kind.text("an address or a host name of this machine, such as 127.0.0.1", "[A-Za-z0-9._:%-]{1,253}"));
    static final Key<Integer> HTTP_PORT = new Key<>("dropfolder.http.port", Kind.whole(0, 65535));
    static final Key<Secret> HTTP_TOKEN = new Key<>("dropfolder.http.token", Kind.token());
    static final Key<List<String>> HTTP_NAMES = new Key<>("dropfolder.http.names", Kind.hosts());
    static final Key<Settings.Log> LOG = new Key<>("dropfolder.log", Kind.oneOf(Settings.Log.class));

    /** Every key there is, in the order of the file. */
    static final List<Key<?>> ALL = List.of(URL, API_KEY, API_KEY_FILE, IN_FLIGHT, TIMEOUT, UPLOAD_FIELD, INBOX, DATA, LEDGER,
            S3_REGION, S3_ENDPOINT, S3_PATH_STYLE, S3_ACCESS_KEY, S3_SECRET_KEY, S3_SCAN, S3_STORE, S3_ENCRYPTION, S3_KMS_KEY,
            SCAN, SETTLE, UNFINISHED, REPORT, FOLDER_SETTINGS, DEFAULT_DATASET, OVERFLOW, BATCH_WAIT, BATCH_IMAGES, BATCH_SIZE, IMAGE_SIZE,
            CONVERT, CAPTION_WAIT, CAPTION_DESCRIBE, CAPTION_BUDGET, PREFLIGHT, TRAINING_IMAGES, TRAINING_WAIT, TRAINING_START, TRAINING_DAILY,
            TRAINING_PRICE, TRAINING_RETRAIN, TRAINING_NAME, SAMPLE_PROMPT, SAMPLE_SPEED, UPLOAD_DOUBT, TRAINING_DOUBT, SWEEP, POLL_DELAY,
            POLL_TIMEOUT, NOTIFY_URL, NOTIFY_SECRET,
            HTTP_HOST, HTTP_PORT, HTTP_TOKEN, HTTP_NAMES, LOG);

    private Keys() { }
}
