package org.dropfolder.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.main.Main;
import org.apache.logging.log4j.LogManager;
import org.dropfolder.folder.Start;
import org.dropfolder.ledger.LedgerException;
import org.dropfolder.simulator.Pace;
import org.dropfolder.simulator.Simulator;
import org.dropfolder.status.Upload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running server: the routes, the beans that they call, and the port. Started once; closed once, from any thread.
 */
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    /** The ledger keeps milliseconds, so no moment has more. */
    private static final Clock CLOCK = Clock.tickMillis(ZoneOffset.UTC);

    private static final Path ROUTES = Path.of("routes");
    /** How long a stop waits for requests under way; less than Camel waits for its routes. */
    private static final Duration PATIENCE = Duration.ofSeconds(7);
    /** A stop that takes longer is cut off. */
    private static final Duration END = Duration.ofSeconds(14);

    /** Bytes of what is sent along with a request, a file that is brought aside. */
    private static final String LONGEST_BODY = "65536";

    /** Five checks of ours, all told. Camel's own would tell of the same, and by the addresses of endpoints. */
    private static final Map<String, String> HEALTH = Map.of("camel.health.exposureLevel", "full",
        "camel.health.excludePattern", "context", "camel.health.routesEnabled", "false",
        "camel.health.consumersEnabled", "false", "camel.health.producersEnabled", "false");

    private final Settings settings;
    /** That was set, until it is known which was taken. */
    private volatile int port;
    private final String token;
    private final Wiring wiring;
    private final Main main = new Main();

    private Server(Settings settings, String token, Clock clock, Seam seam) {
        this.settings = settings;
        this.port = settings.http().port();
        this.token = token;
        this.wiring = new Wiring(settings, token, clock, seam);
    }

    /**
     * Runs the server until the process is told to stop, by SIGTERM or SIGINT.
     *
     * @return 0
     * @throws SettingsException if it can't start as it is set
     */
    public static int run(Settings settings) {
        if (settings.log() == Settings.Log.JSON) {
            JsonLog.begin();
        }
        settings.warnings().forEach(LOG::warn);
        StartChecks.fileNameWarning().ifPresent(LOG::warn);
        if (!settings.simulated()) {
            settings.requireKey();
            settings.ideogram().keyFile().flatMap(KeyFile::warning).ifPresent(LOG::warn);
        }
        StartChecks.check(settings);
        Settings.Http http = settings.http();
        String address = http.port() == 0 ? "" : address(http, http.port());
        try (DataLock lock = DataLock.take(settings.folders(), Holder.thisProcess(address, tokenOf(http), CLOCK))) {
            StartChecks.checkPort(http);
            return settings.simulated() ? runSimulated(settings, lock) : runUntilStopped(settings, lock);
        }
    }

    private static int runSimulated(Settings settings, DataLock lock) {
        // beside the ledger, which names what the account holds: they live and go together
        try (Simulator simulator = Simulator.start(Simulator.Options.defaults().withPace(Pace.lifelike())
                .withMemory(settings.folders().data().resolve("simulator.json")))) {
            LOG.warn("SIMULATED: nothing leaves this machine, nothing is paid, and no model is real");
            return runUntilStopped(settings.withIdeogram(simulator.url(), Secret.of("simulated")), lock);
        } catch (IOException e) {
            throw new IllegalStateException("Could not start the simulator: " + e.getMessage(), e);
        }
    }

    /**
     * Starts the server.
     *
     * @throws SettingsException     if the ledger can't be used as it is set
     * @throws IllegalStateException if the routes can't be started
     */
    public static Server start(Settings settings) {
        return start(settings, CLOCK, Seam.UNDISTURBED);
    }

    /** The same, by another clock; every effect passes the seam. */
    static Server start(Settings settings, Clock clock, Seam seam) {
        return start(settings, tokenOf(settings.http()), clock, seam, address -> { });
    }

    /** @param listens is told the address as soon as it answers there */
    private static Server start(Settings settings, String token, Clock clock, Seam seam, Consumer<String> listens) {
        quietNetty();
        Server server = opened(settings, token, clock, seam);
        try {
            server.start(listens);
            return server;
        } catch (Exception e) {
            server.close();
            throw new IllegalStateException("Could not start the routes: " + deepest(e), e);
        }
    }

    private static void quietNetty() {
        // its HTTP server asks for sun.misc.Unsafe, which Java 24 and later answer with four lines of warning
        System.setProperty("io.netty.noUnsafe", "true");
    }

    private static Server opened(Settings settings, String token, Clock clock, Seam seam) {
        try {
            return new Server(settings, token, clock, seam);
        } catch (LedgerException e) {
            throw new SettingsException(e.getMessage());
        }
    }

    /** Where it answers, such as {@code http://127.0.0.1:8080}. */
    public String address() {
        return address(settings.http(), port);
    }

    /** How far the requests are that bring images to Ideogram now, however small. */
    public List<Upload> uploads() {
        return wiring.uploads();
    }

    /** For whoever is on this machine: an address that stands for all of its own is none that can be called. */
    static String address(Settings.Http http, int port) {
        String host = switch (http.host()) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "0:0:0:0:0:0:0:0" -> "::1";
            default -> http.host();
        };
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /**
     * Finishes or abandons what is under way, within fifteen seconds; the ledger knows where to go on. A request that
     * hangs is broken off while the routes still run, so that its doubt is written down.
     */
    @Override
    public void close() {
        ScheduledExecutorService patience = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "patience");
            thread.setDaemon(true);
            return thread;
        });
        patience.schedule(wiring::breakOff, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        wiring.wind();
        main.stop();
        patience.shutdownNow();
        wiring.close();
    }

    private static int runUntilStopped(Settings settings, DataLock lock) {
        CompletableFuture<Optional<Server>> begun = new CompletableFuture<>();
        Thread stop = new Thread(() -> stop(begun, lock), "stop");
        // before anything of it runs: it may be told to stop while it starts
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            begun.complete(Optional.of(start(settings, lock.holder().token(), CLOCK, Seam.UNDISTURBED, lock::answersAt)));
        } catch (RuntimeException | Error e) {
            if (withdrawn(stop)) {
                throw e;
            }
            // Java refuses much of a start once it is told to stop
            begun.complete(Optional.empty());
        }
        try {
            new CountDownLatch(1).await(); // for ever: whoever tells it to stop ends the process
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static boolean withdrawn(Thread stop) {
        try {
            return Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException alreadyRunning) {
            return false;
        }
    }

    /** Ends the process, once its start is over. */
    private static void stop(CompletableFuture<Optional<Server>> begun, DataLock lock) {
        LOG.info("Stopping");
        begun.thenAcceptAsync(server -> server.ifPresent(Server::close)).thenRun(lock::close)
            .completeOnTimeout(null, END.toMillis(), TimeUnit.MILLISECONDS).join();
        LOG.info("Stopped");
        LogManager.shutdown();
        // a signal is how a server is meant to end: without this the JVM would report failure
        Runtime.getRuntime().halt(0);
    }

    private void start(Consumer<String> listens) throws Exception {
        main.setOverrideProperties(properties());
        wiring.restore();
        wiring.bind(main);
        main.start();
        if (main.getCamelContext().getRoutesSize() == 0) {
            throw new IllegalStateException("there is no *.camel.yaml in " + ROUTES.toAbsolutePath());
        }
        port = main.getCamelContext().hasService(VertxPlatformHttpServer.class).getPort();
        listens.accept(address());
        Settings.Training training = settings.training();
        LOG.info("Ready: drop JPEG, PNG or WebP images into {}/<dataset>/; {} of them train a model at {}, for about {} US "
            + "dollars{}{}", settings.folders().inbox(), training.images(),
            settings.simulated() ? "the simulator" : settings.ideogram().url(), training.price(),
            settings.simulated() ? " (simulated: nothing is paid)" : "", training.start() == Start.APPROVE ? ", once it is approved" : "");
        LOG.info("What became of them is in {}/; for programs it is told at {}/api/status", settings.whereIs("").replaceFirst("/+$", ""),
            address());
        LOG.info("Page: {}", link());
    }

    /** A token that was set lasts, and stands in no log; one that was made ends with this process. */
    private String link() {
        return settings.http().token().isSet() ? address() + "/#token=... (with what dropfolder.http.token is set to)"
            : address() + "/#token=" + token;
    }

    /** Camel's own settings that make this server what it is, and ours for the placeholders in the routes. */
    private Map<String, Object> properties() throws IOException {
        Map<String, Object> properties = new HashMap<>();
        properties.put("camel.main.name", "dropfolder");
        // Camel looks into no folder that is a link
        properties.put("camel.main.routesIncludePattern", "file:" + ROUTES.toRealPath() + "/*.camel.yaml");
        properties.put("camel.main.startupSummaryLevel", "Off");
        properties.put("camel.main.autoConfigurationLogSummary", "false");
        properties.put("camel.main.shutdownTimeout", "10");
        properties.put("camel.main.streamCachingEnabled", "false");
        // it describes each step of each route, which is a quarter of a start
        properties.put("camel.main.jmxEnabled", "false");
        properties.put("camel.server.enabled", "true");
        properties.put("camel.server.host", settings.http().host());
        properties.put("camel.server.port", Integer.toString(port));
        properties.put("camel.server.fileUploadEnabled", "false");
        properties.put("camel.server.maxBodySize", LONGEST_BODY);
        properties.put("camel.management.enabled", "true");
        properties.put("camel.management.host", settings.http().host());
        properties.put("camel.management.port", Integer.toString(port));
        properties.put("camel.management.healthCheckEnabled", "true");
        properties.putAll(HEALTH);
        properties.put("camel.management.metricsEnabled", "true");
        properties.put("camel.metrics.enabled", "true");
        // it would tell where the inbox is, by the address of its endpoint
        properties.put("camel.metrics.enableExchangeEventNotifier", "false");
        properties.putAll(settings.asProperties());
        return properties;
    }

    private static String tokenOf(Settings.Http http) {
        return http.token().isSet() ? http.token().reveal() : Holder.newToken();
    }

    private static String deepest(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
    }
}
