package org.dropfolder.server;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.main.Main;
import org.dropfolder.folder.SettingsReader;
import org.dropfolder.ideogram.ApiClient;
import org.dropfolder.ideogram.ApiKey;
import org.dropfolder.ideogram.Gate;
import org.dropfolder.ideogram.Json;
import org.dropfolder.image.FileNames;
import org.dropfolder.ledger.Lease;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.pipeline.Announcer;
import org.dropfolder.pipeline.Arbiter;
import org.dropfolder.pipeline.Batcher;
import org.dropfolder.pipeline.Captions;
import org.dropfolder.pipeline.Examiner;
import org.dropfolder.pipeline.FolderReader;
import org.dropfolder.pipeline.Folders;
import org.dropfolder.pipeline.Gallery;
import org.dropfolder.pipeline.Herald;
import org.dropfolder.pipeline.Inspector;
import org.dropfolder.pipeline.Intake;
import org.dropfolder.pipeline.Leftovers;
import org.dropfolder.pipeline.Mover;
import org.dropfolder.pipeline.Places;
import org.dropfolder.pipeline.Receiver;
import org.dropfolder.pipeline.Reconciler;
import org.dropfolder.pipeline.Redelivery;
import org.dropfolder.pipeline.Registrar;
import org.dropfolder.pipeline.Reporter;
import org.dropfolder.pipeline.Restorer;
import org.dropfolder.pipeline.Reviewer;
import org.dropfolder.pipeline.Setbacks;
import org.dropfolder.pipeline.Sheets;
import org.dropfolder.pipeline.Sifter;
import org.dropfolder.pipeline.Steward;
import org.dropfolder.pipeline.Stillness;
import org.dropfolder.pipeline.Subjects;
import org.dropfolder.pipeline.Sweeper;
import org.dropfolder.pipeline.Threshold;
import org.dropfolder.pipeline.Tracker;
import org.dropfolder.pipeline.Trainer;
import org.dropfolder.pipeline.TrainingRequests;
import org.dropfolder.pipeline.TrainingTerms;
import org.dropfolder.pipeline.Trouble;
import org.dropfolder.pipeline.Unpacker;
import org.dropfolder.pipeline.UploadProgress;
import org.dropfolder.pipeline.Uploader;
import org.dropfolder.pipeline.Watchman;
import org.dropfolder.route.Admission;
import org.dropfolder.route.Delays;
import org.dropfolder.route.Desk;
import org.dropfolder.route.Door;
import org.dropfolder.route.EventStream;
import org.dropfolder.route.FilesInProgress;
import org.dropfolder.route.KeptHeaders;
import org.dropfolder.route.LogFields;
import org.dropfolder.route.Names;
import org.dropfolder.route.NoticeClient;
import org.dropfolder.route.RetryAfter;
import org.dropfolder.route.RoutesCheck;
import org.dropfolder.route.Token;
import org.dropfolder.route.TroubleCheck;
import org.dropfolder.route.WakeableExecutor;
import org.dropfolder.route.Window;
import org.dropfolder.status.Census;
import org.dropfolder.status.Explainer;
import org.dropfolder.status.FileReport;
import org.dropfolder.status.FolderReport;
import org.dropfolder.status.PageReport;
import org.dropfolder.status.Pulse;
import org.dropfolder.status.Rules;
import org.dropfolder.status.Status;
import org.dropfolder.status.StatusReport;
import org.dropfolder.status.Upload;
import org.dropfolder.store.ImageStore;

/**
 * Makes every bean, gives each what it needs, and names it for the routes. Whoever wants to know what a name in
 * {@code routes/} stands for reads here.
 */
final class Wiring implements AutoCloseable {
    /** A claim outlives the longest silence of a request by this much. */
    private static final Duration MARGIN = Duration.ofMinutes(1);
    /** Who brings a file over HTTP has so long for each 64 KB of it. */
    private static final Duration SENDER = Duration.ofMinutes(1);
    /** Chars of a sentence for people, before it is wrapped. */
    private static final int LONGEST_LINE = 600;

    /** How long whoever is told of an event has to answer; less than a claim lasts. */
    private static final Duration NOTICE_ANSWER = Duration.ofSeconds(15);

    private final Settings settings;
    private final String token;
    private final Clock clock;
    private final Ledger ledger;
    private final Storage storage;
    private final ImageStore store;
    private final Places places;
    private final Mover mover;
    private final Stillness stillness;
    private final Folders folders;
    private final Examiner examiner;
    private final Intake intake;
    private final FolderReader folderReader;
    private final ApiKey key;
    private final ApiClient api;
    private final Watchman watchman;
    private final Tracker tracker;
    private final Uploader uploader;
    private final Arbiter arbiter;
    private final Delays delays = new Delays();
    private final WakeableExecutor batchLooks = new WakeableExecutor("batches");
    private final Herald herald;
    private final NoticeClient noticeClient = new NoticeClient(NOTICE_ANSWER);
    private final ExtrasWiring extras;
    private final Metrics metrics;
    private final Census census;

    /**
     * Opens the ledger. Whoever does so has its {@link DataLock}, so what others have claimed in it was claimed by the dead,
     * and the first sweep takes it.
     *
     * @throws org.dropfolder.ledger.LedgerException if it can't be opened
     */
    Wiring(Settings settings, Clock clock) {
        this(settings, Holder.newToken(), clock, Seam.UNDISTURBED);
    }

    /**
     * The same; every effect passes the seam.
     *
     * @param token whoever sends it may steer
     */
    Wiring(Settings settings, String token, Clock clock, Seam seam) {
        this.settings = settings;
        this.token = token;
        this.clock = clock;
        Settings.Ideogram ideogram = settings.ideogram();
        Lease lease = Lease.ofThisProcess(ideogram.timeout().plus(MARGIN), clock);
        this.ledger = Ledger.open(settings.folders().ledgerUrl(), lease, settings.simulated(), seam);
        ledger.endClaimsOfOthers();
        this.metrics = new Metrics(settings.simulated());
        this.storage = new Storage(settings, seam);
        this.store = storage.store();
        this.key = new ApiKey(() -> settings.requireKey().reveal(), clock);
        this.watchman = new Watchman(posts(), clock);
        this.places = new Places(store, ledger);
        this.stillness = new Stillness(store, settings.intake().settle(), settings.intake().unfinished(), clock);
        this.mover = new Mover(ledger, store, places, watchman, stillness);
        this.folders = folders();
        this.examiner = new Examiner(store, ledger.captions(), folders,
            new Examiner.Terms(settings.intake().imageSize(), settings.intake().convert(), settings.intake().preflight()), stillness);
        this.intake = new Intake(ledger, store, examiner, places);
        this.folderReader = folderReader();
        this.api = new ApiClient(key, new Gate(ideogram.inFlight(), clock), ideogram.timeout(), seam, metrics);
        this.extras = new ExtrasWiring(settings, seam);
        this.tracker = new Tracker(ledger, PipelineSettings.models(settings), clock);
        this.uploader = new Uploader(ledger, store, places, PipelineSettings.limits(settings), clock);
        this.census = new Census(ledger, clock);
        this.herald = new Herald(ledger, key, settings.subscriber(), settings.simulated(), clock);
        this.arbiter = new Arbiter(ledger, places, PipelineSettings.patience(settings), settings.poll().delay(), clock);
    }

    private Folders folders() {
        Folders made = new Folders(ledger, store, stillness, settings.datasets().byDefault());
        if (settings.datasets().overflow() == Settings.Overflow.NEXT) {
            made.letOverflow();
        }
        return made;
    }

    private FolderReader folderReader() {
        if (!settings.datasets().folderSettings()) {
            ledger.folderFiles().forget();
        }
        return new FolderReader(ledger, store, folders, stillness, new SettingsReader());
    }

    /** Before anything runs: what lies in the data folder and is not in the ledger is taken up. */
    void restore() {
        new Restorer(ledger, store, intake, mover, places).restore();
    }

    void bind(Main main) {
        main.bind("intake", intake);
        main.bind("stillness", stillness);
        main.bind("mover", mover);
        main.bind("unpacker", new Unpacker(ledger, store, examiner, mover, places));
        main.bind("batcher", new Batcher(PipelineSettings.limits(settings), batchLooks::wakeIn, clock));
        main.bind("captions", new Captions(ledger, store, settings.intake().captionWait(), clock));
        main.bind("sifter", new Sifter(ledger, store, examiner, mover, places));
        main.bind("inspector", new Inspector(ledger, examiner, reviewer(), clock));
        main.bind("registrar", new Registrar(ledger, clock));
        main.bind("reconciler", new Reconciler(ledger, places));
        main.bind("uploader", uploader);
        main.bind("arbiter", arbiter);
        main.bind("trainer", trainer());
        main.bind("trainingRequests", new TrainingRequests(ledger));
        main.bind("tracker", tracker);
        main.bind("announcer", new Announcer(ledger, store));
        extras.bind(main, ledger, store, watchman, clock);
        main.bind("herald", herald);
        main.bind("sweeper", new Sweeper(ledger, mover, places, PipelineSettings.pace(settings), clock));
        main.bind("setbacks", new Setbacks(ledger, watchman, clock));
        main.bind("steward", steward());
        main.bind("statusReport", new StatusReport(ledger, settings.training().images(), settings.simulated(), this::troubles,
            this::lastingUploads));
        bindWatch(main);
        bindEndpoints(main);
        bindPage(main);
    }

    /** What people see in a browser. */
    private void bindPage(Main main) {
        Rules rules = LedgerView.rules(settings);
        StatusReport report = new StatusReport(ledger, settings.training().images(), settings.simulated());
        Gallery gallery = new Gallery(ledger, store);
        Sheets sheets = new Sheets(ledger, store, gallery);
        main.bind("sheets", sheets);
        main.bind("window", new Window(new PageReport(ledger, new Explainer(ledger, report, rules, clock), rules,
            new PageReport.House(settings.folders().inbox(), this::troubles, this::lastingUploads)), gallery, sheets,
            new FileFinder(settings, new FileReport(ledger, new Explainer(ledger, report, rules, clock), settings::whereIs))::find));
        bindDoor(main);
        main.bind("keptHeaders", new KeptHeaders());
        main.bind("eventStream", new EventStream(new Pulse(ledger, this::troubles, this::lastingUploads), clock));
    }

    /** Who may come in, and where what they bring is taken. */
    private void bindDoor(Main main) {
        Token known = new Token(token);
        Settings.Http http = settings.http();
        main.bind("door", new Door(new Admission(new Names(http.host(), http.names()), known), known));
        main.bind("desk", new Desk(known, SENDER));
        main.bind("receiver", new Receiver(store, clock));
    }

    /** For the routes, and for a command that finds no server. */
    Steward steward() {
        return new Steward(ledger, trainer(), reviewer(), terms());
    }

    private Reviewer reviewer() {
        return new Reviewer(ledger, store, examiner, mover, places);
    }

    private Trainer trainer() {
        return new Trainer(ledger, folders, terms(), clock);
    }

    private TrainingTerms terms() {
        return new TrainingTerms(ledger, PipelineSettings.spending(settings), PipelineSettings.models(settings), readsFolders());
    }

    /** Who reads what people set in folders, where that counts. */
    private Optional<FolderReader> readsFolders() {
        return Optional.of(folderReader).filter(any -> settings.datasets().folderSettings());
    }

    /**
     * What sleeps wakes; no training is followed and no doubt looked for any more, and a notice that is being posted comes
     * again: the shutdown need not wait for them.
     */
    void wind() {
        intake.stop();
        herald.stop();
        noticeClient.close();
        tracker.stop();
        arbiter.stop();
        delays.wakeAll();
    }

    /** Requests that are still under way end now, as if their connections had broken. */
    void breakOff() {
        api.close();
        extras.close();
    }

    @Override
    public void close() {
        breakOff();
        noticeClient.close();
        delays.shutdownNow();
        batchLooks.shutdownNow();
        metrics.close();
        storage.close();
        ledger.close();
    }

    /** What looks after all that the rest depends on; Camel finds the checks of the health by their type. */
    private void bindWatch(Main main) {
        main.bind("apiKey", key);
        main.bind("watchman", watchman);
        for (Trouble.Of of : Trouble.Of.values()) {
            main.bind("health-" + of.name().toLowerCase(Locale.ROOT), new TroubleCheck(watchman, of));
        }
        if (settings.log() == Settings.Log.JSON) {
            main.bind("logFields", new LogFields(new Subjects(ledger)::of));
        }
        metrics.tell(watchman);
        metrics.tell(census, settings.training().daily());
        main.bind("metricsRegistry", metrics.registry());
        main.bind("health-routes", new RoutesCheck(main::getCamelContext));
    }

    private List<Watchman.Post> posts() {
        return Stream.concat(
            Stream.of(new Watchman.Post(Trouble.Of.KEY, settings.ideogram().url().toString(), key::trouble),
                new Watchman.Post(Trouble.Of.LEDGER, settings.folders().ledgerUrl(), ledger::trouble)),
            storage.posts().stream()).toList();
    }

    private List<Status.OfTrouble> troubles() {
        return watchman.troubles().stream()
            .map(trouble -> new Status.OfTrouble(trouble.of().name(), trouble.words(), trouble.since().toString())).toList();
    }

    /** How far the requests are that bring images, however small. */
    List<Upload> uploads() {
        return uploader.underWay().stream().map(Wiring::upload).toList();
    }

    private List<Upload> lastingUploads() {
        return uploader.underWay().stream().filter(UploadProgress::lasting).map(Wiring::upload).toList();
    }

    private static Upload upload(UploadProgress now) {
        return new Upload(now.dataset(), now.bytes(), now.of(), now.rate(), now.left().map(Duration::toSeconds).orElse(null));
    }

    /** What the endpoints and policies in the routes name. */
    private void bindEndpoints(Main main) {
        Redelivery redelivery = new Redelivery();
        HttpClientConfigurer client = api::configure;

        Leftovers leftovers = new Leftovers(store, stillness, storage.longestPause(), clock);
        main.bind("folderReader", folderReader);
        storage.bindInbox(main, new Threshold(folders, store, stillness, leftovers, readsFolders()), leftovers, stillness, clock);
        main.bind("reporter", new Reporter(ledger.changes(), folders, store, leftovers, folderReport()::of));
        main.bind("redelivery", redelivery);
        main.bind("retryAfter", new RetryAfter(redelivery));
        main.bind("delays", delays);
        main.bind("batchLooks", batchLooks);
        main.bind("ideogramJson", Json.mapper());
        // each is for the endpoints that name it, since only Ideogram's may bear the key
        main.bind("ideogramClient", client);
        main.bind("noticeClient", noticeClient);
    }

    /** Its moments are told in the zone of this machine, which is named with them. */
    private FolderReport folderReport() {
        Rules rules = LedgerView.rules(settings);
        StatusReport report = new StatusReport(ledger, settings.training().images(), settings.simulated());
        return new FolderReport(ledger, new Explainer(ledger, report, rules, clock), rules,
            new FolderReport.Spelling(ZoneId.systemDefault(), line -> FileNames.printable(line, LONGEST_LINE)));
    }
}
