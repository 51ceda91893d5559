package org.dropfolder.pipeline;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dropfolder.TestClock;
import org.dropfolder.TinyJpeg;
import org.dropfolder.folder.SettingsReader;
import org.dropfolder.folder.Start;
import org.dropfolder.ideogram.DatasetDetail;
import org.dropfolder.ideogram.DatasetFile;
import org.dropfolder.ideogram.UploadResult;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.ledger.Commits;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Lease;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Tally;
import org.dropfolder.ledger.Training;
import org.dropfolder.store.FolderStore;

/** The beans over a real ledger and real folders, without the routes, and short words for what is done to them. */
final class PipelineFixture implements AutoCloseable {
    /** Longer than a test takes: files bear the real time. */
    static final Duration SETTLE = Duration.ofSeconds(20);
    static final Duration A_WHILE = Duration.ofMinutes(1);
    static final Duration UNFINISHED = Duration.ofMinutes(2);
    static final Duration LEASE = Duration.ofMinutes(3);
    static final long IMAGE_SIZE = 1024;
    static final BatchLimits LIMITS = new BatchLimits(Duration.ofSeconds(5), 100, 1 << 20, "files");
    static final int IMAGES = 3;
    static final Duration QUIET = Duration.ofSeconds(60);
    static final BigDecimal PRICE = new BigDecimal("40");
    static final ModelSettings MODELS = new ModelSettings("{dataset}", Duration.ofSeconds(30), Duration.ofHours(24));

    final TestClock clock = new TestClock();
    final Path inbox;
    final Path data;
    Ledger ledger;
    FolderStore store;
    Places places;
    Watchman watchman;
    Mover mover;
    Folders folders;
    Optional<String> byDefault = Optional.empty();
    Examiner examiner;
    Stillness stillness;
    Intake intake;
    FolderReader reader;
    Unpacker unpacker;
    Sifter sifter;
    Uploader uploader;
    Optional<Integer> retrain = Optional.empty();
    /** What happens while something is being written down. */
    Commits beforeCommit = Commits.UNDISTURBED;

    private final Path file;
    private boolean converts;
    private boolean measures;
    private String cut = "never";

    /** As a new process that makes images of others. */
    void convert() {
        converts = true;
        restart();
    }

    /** As a new process that measures images while it reads them. */
    void measure() {
        measures = true;
        restart();
    }

    /** What a machine that stops leaves behind. */
    static final class Cut extends Error { }

    PipelineFixture(Path folder) throws IOException {
        this.inbox = Files.createDirectories(folder.resolve("inbox"));
        this.data = Files.createDirectories(folder.resolve("data"));
        this.file = folder.resolve("ledger.db");
        start();
    }

    /** As a new process, which has nothing but what is on the disk. */
    void restart() {
        ledger.close();
        cut = "never";
        start();
    }

    /** As a new process whose ledger is gone. */
    void loseLedger() throws IOException {
        ledger.close();
        cut = "never";
        Files.delete(file);
        start();
    }

    /** What a backup made now would hold. */
    byte[] backup() throws IOException {
        restart();
        ledger.close();
        byte[] copy = Files.readAllBytes(file);
        start();
        return copy;
    }

    /** As a new process whose ledger was replaced by a backup. */
    void restoreBackup(byte[] copy) throws IOException {
        loseLedger();
        ledger.close();
        Files.write(file, copy);
        start();
    }

    /** What a start does with files that the ledger does not know. */
    void restore() {
        new Restorer(ledger, store, intake, mover, places).restore();
    }

    /** The machine stops right before the next effect on the disk that begins so. */
    void stopBefore(String effect) {
        cut = effect;
    }

    void drop(String source, byte[] content) throws IOException {
        Files.createDirectories(inbox.resolve(source).getParent());
        Files.write(inbox.resolve(source), content);
    }

    /** Drops an image, and takes it as far as the intake does. */
    Asset image(String source, String content) throws IOException {
        drop(source, jpeg(content));
        return accept(source);
    }

    Asset caption(String source, String text) throws IOException {
        drop(source, text(text));
        return accept(source);
    }

    Asset accept(String source) throws IOException {
        return mover.place(intake.arrive(intake.examine(source)));
    }

    Dataset dataset(String name) {
        return ledger.datasets().named(name).orElseThrow();
    }

    /** The dataset is known at Ideogram. */
    Dataset ready(String name) {
        return ledger.datasets().ready(dataset(name), "id of " + name, false);
    }

    Claimed send(String name) {
        if (!uploader.claim(dataset(name), listing(0))) {
            throw new AssertionError("nothing could be claimed of " + name);
        }
        Claimed claimed = uploader.claimed(dataset(name));
        if (!uploader.intend(claimed)) {
            throw new AssertionError("the batch could not be sent");
        }
        return claimed;
    }

    /** All that waits is in the dataset now, and in done/. */
    void upload(String name) throws IOException {
        Claimed claimed = send(name);
        for (Asset asset : uploader.settle(claimed, taken(claimed.images().size()))) {
            mover.place(asset);
        }
    }

    /** A dataset of this many uploaded images. */
    Dataset filled(String name, int images) throws IOException {
        for (int i = 0; i < images; i++) {
            image(name + "/" + i + ".jpg", "picture " + i);
        }
        ready(name);
        upload(name);
        return dataset(name);
    }

    /** A trainer that takes {@link #IMAGES} images and {@link #QUIET}. */
    Trainer trainer(boolean approval, int daily, ModelSettings models) {
        Spending spending = new Spending(IMAGES, QUIET, approval ? Start.APPROVE : Start.AUTO, daily, PRICE, retrain, false);
        return new Trainer(ledger, folders, new TrainingTerms(ledger, spending, models, Optional.of(reader)), clock);
    }

    /** A dataset of which nothing stands against its training. */
    Dataset quiet(String name) throws IOException {
        filled(name, IMAGES);
        clock.pass(QUIET);
        return dataset(name);
    }

    Training running(String name) {
        Training training = ledger.trainings().waiting(ready(name), 1, "model of " + name, 15, PRICE);
        ledger.trainings().intend(training, 15, PRICE, List.of(), 1_000);
        return ledger.trainings().started(training, "model-" + name, Optional.of("QUEUED"),
            clock.instant().plus(MODELS.pollDelay()));
    }

    Tally tally(String name) {
        return ledger.assets().tally(dataset(name).id());
    }

    String trouble(String name) {
        return dataset(name).trouble().orElse("");
    }

    /** All files below the data folder, in order. */
    List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(Files::isRegularFile).map(f -> data.relativize(f).toString()).sorted().toList();
        }
    }

    String read(String target) throws IOException {
        return Files.readString(data.resolve(target));
    }

    /** What Ideogram lists of a dataset with so many images and these models. */
    static DatasetDetail listing(int images, String... models) {
        List<DatasetFile> files = IntStream.range(0, images)
            .mapToObj(i -> new DatasetFile(Optional.of("there-" + i + ".jpg"), OptionalLong.empty())).toList();
        return new DatasetDetail(remote("id", "name"), OptionalInt.of(images), files, List.of(models));
    }

    static org.dropfolder.ideogram.Dataset remote(String id, String name) {
        return new org.dropfolder.ideogram.Dataset(id, name, Optional.empty(), Optional.empty());
    }

    static UploadResult taken(int images) {
        return new UploadResult(images, images, 0, List.of(), List.of());
    }

    static byte[] jpeg(String content) {
        return TinyJpeg.of(content);
    }

    static byte[] text(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        ledger.close();
    }

    private void start() {
        ledger = Ledger.open("jdbc:sqlite:" + file, Lease.ofThisProcess(LEASE, clock), false, what -> beforeCommit.before(what));
        store = new FolderStore(inbox, data, effect -> {
            if (effect.startsWith(cut)) {
                throw new Cut();
            }
        });
        places = new Places(store, ledger);
        watchman = new Watchman(List.of(), clock);
        stillness = new Stillness(store, SETTLE, UNFINISHED, clock);
        mover = new Mover(ledger, store, places, watchman, stillness);
        folders = new Folders(ledger, store, stillness, byDefault);
        examiner = new Examiner(store, ledger.captions(), folders, new Examiner.Terms(IMAGE_SIZE, converts, measures), stillness);
        intake = new Intake(ledger, store, examiner, places);
        reader = new FolderReader(ledger, store, folders, stillness, new SettingsReader());
        unpacker = new Unpacker(ledger, store, examiner, mover, places);
        sifter = new Sifter(ledger, store, examiner, mover, places);
        uploader = new Uploader(ledger, store, places, LIMITS, clock);
    }
}
