package org.dropfolder.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.main.Main;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.SynchronizationVetoable;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.SynchronizationAdapter;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.dropfolder.TinyJpeg;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Lease;
import org.dropfolder.ledger.Ledger;

/**
 * Runs some of the files in {@code routes/} alone: with the error policy, the server's own beans, a real ledger and a
 * real store. Whatever these files send to and do not hold themselves ends at a mock endpoint of the same name.
 */
public final class RouteFixture implements AutoCloseable {
    /** Whoever sends it may steer. */
    public static final String TOKEN = "the-token";
    private static final Path ROUTES = Path.of("routes");
    private static final Pattern QUEUE = Pattern.compile("uri: ((?:direct|seda):\\S+)");
    private static final Pattern CONSUMED = Pattern.compile("from:\\s+" + QUEUE);
    private static final Duration LONGEST_WAY = Duration.ofMinutes(1);
    private static final Duration LONGEST_MOMENT = Duration.ofSeconds(30);
    private static final Object LAST = "the last of all";
    private static final Map<String, String> SHORT = Map.of("ideogram.api-key", "a-key", "ideogram.timeout", "20s",
            "dropfolder.scan", "10ms", "dropfolder.settle", "10ms", "dropfolder.batch.wait", "10ms",
            "dropfolder.training.wait", "10ms", "dropfolder.training.daily", "1000", "dropfolder.poll.delay", "10ms");

    private final Settings settings;
    private final Wiring wiring;
    private final Ledger ledger;
    private final Main main = new Main();
    private final List<String> files;
    private final Events events = new Events();

    private RouteFixture(Settings settings, Clock clock, List<String> files) {
        this.settings = settings;
        this.files = files;
        this.wiring = new Wiring(settings, TOKEN, clock, Seam.UNDISTURBED);
        // a door of its own, as that of another process
        this.ledger = Ledger.open(settings.folders().ledgerUrl(), Lease.ofThisProcess(Duration.ofMinutes(1), clock), false);
        wiring.bind(main);
    }

    /**
     * Nothing runs before {@link #start}.
     *
     * @param files         names in {@code routes/}, without their ending
     * @param keysAndValues settings in turn, beside those that make everything quick
     */
    public static RouteFixture of(Path folder, Clock clock, List<String> files, String... keysAndValues) throws IOException {
        Map<String, String> set = new HashMap<>(SHORT);
        set.put("dropfolder.inbox", Files.createDirectories(folder.resolve("inbox")).toString());
        set.put("dropfolder.data", Files.createDirectories(folder.resolve("data")).toString());
        for (int i = 0; i < keysAndValues.length; i += 2) {
            set.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new RouteFixture(Settings.load(SettingsSample.SHIPPED, set, Map.of()), clock, files);
    }

    /** The same by the system's clock, and started. */
    public static RouteFixture started(Path folder, List<String> files, String... keysAndValues) throws Exception {
        return of(folder, Clock.tickMillis(ZoneOffset.UTC), files, keysAndValues).start();
    }

    /** Everything that routes name, bound as the server binds it; nothing runs. */
    public static RouteFixture boundOnly(Path folder, String... keysAndValues) throws IOException {
        return of(folder, Clock.systemUTC(), List.of(), keysAndValues);
    }

    public RouteFixture start() throws Exception {
        return startWith(Map.of());
    }

    /**
     * The same, and answers over HTTP on loopback.
     *
     * @param properties Camel's own, beside those that the server sets
     * @return the port, which the system chose: one that is looked for before may be another's by then
     */
    public int startServing(Map<String, Object> properties) throws Exception {
        Map<String, Object> all = new HashMap<>(properties);
        all.putAll(Map.of("camel.server.enabled", "true", "camel.server.host", "127.0.0.1", "camel.server.port", "0"));
        startWith(all);
        return camel().hasService(VertxPlatformHttpServer.class).getPort();
    }

    private RouteFixture startWith(Map<String, Object> properties) throws Exception {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("camel.main.routesIncludePattern", pattern());
        all.put("camel.main.startupSummaryLevel", "Off");
        all.put("camel.main.autoConfigurationLogSummary", "false");
        all.put("camel.main.shutdownTimeout", "10");
        all.put("camel.main.streamCachingEnabled", "false");
        // how long an idle queue takes to notice that all stops
        all.put("camel.component.seda.default-poll-timeout", "20");
        all.putAll(settings.asProperties());
        main.setOverrideProperties(all);
        main.configure().addRoutesBuilder(new Neighbours(neighbours()));
        main.bind("events", events);
        main.start();
        return this;
    }

    public CamelContext camel() {
        return main.getCamelContext();
    }

    public <T> T bean(String name, Class<T> type) {
        return main.lookup(name, type);
    }

    public Ledger ledger() {
        return ledger;
    }

    public Dataset dataset(String name) {
        return ledger.datasets().named(name).orElseThrow();
    }

    public Path inbox() {
        return settings.folders().inboxFolder();
    }

    public Path data() {
        return settings.folders().data();
    }

    /** A file in the inbox, and the folders above it. */
    public Path drop(String source, byte[] content) throws IOException {
        Path file = inbox().resolve(source);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    /** The names of all files below a folder of the data, with {@code /}. */
    public List<String> filesIn(String folder) throws IOException {
        Path top = data().resolve(folder);
        if (!Files.exists(top)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(top)) {
            return all.filter(Files::isRegularFile).map(file -> top.relativize(file).toString().replace('\\', '/'))
                    .sorted().toList();
        }
    }

    /** A JPEG that is different for each text. */
    public static byte[] jpeg(String text) {
        return TinyJpeg.of(text);
    }

    /** Waits for something that comes within milliseconds, where the machine is not busy. */
    public static ConditionFactory soon() {
        return Awaitility.await().atMost(LONGEST_MOMENT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    public Exchange send(String uri, Object body) {
        return send(uri, exchange -> exchange.getMessage().setBody(body));
    }

    public Exchange send(String uri, Processor filling) {
        return camel().createFluentProducerTemplate().to(uri).withProcessor(filling).send();
    }

    /** Sends, and comes back when the way that begins there is done, redeliveries among it; queues end a way. */
    public void sendAndWait(String uri, Object body) {
        Done done = new Done(uri.startsWith("seda:"));
        send(uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getExchangeExtension().addOnCompletion(done);
        });
        Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).atMost(LONGEST_WAY)
                .untilTrue(done.now);
    }

    /** What was sent to a neighbour so far. */
    public List<Object> bodiesAt(String queue) {
        return exchangesAt(queue).stream().map(exchange -> exchange.getMessage().getBody()).toList();
    }

    public List<Exchange> exchangesAt(String queue) {
        if (queue.startsWith("seda:")) {
            // what is in the queue comes out before this
            sendAndWait(queue, LAST);
        }
        return camel().getEndpoint(mock(queue), MockEndpoint.class).getExchanges().stream()
                .filter(exchange -> exchange.getMessage().getBody() != LAST).toList();
    }

    /** How often any step was done again. */
    public int redeliveries() {
        return events.redeliveries.get();
    }

    /** What is to happen right before a step is done again. */
    public void onRedelivery(Runnable first) {
        events.beforeRedelivery = first;
    }

    /** How many messages a route that begins a way has dealt with. */
    public int completed(String routeId) {
        return events.completed.getOrDefault(routeId, 0);
    }

    @Override
    public void close() {
        wiring.wind();
        main.stop();
        wiring.close();
        ledger.close();
    }

    private String pattern() throws IOException {
        Path real = ROUTES.toRealPath();
        return Stream.concat(files.stream(), Stream.of("errors")).distinct()
                .map(file -> "file:" + real.resolve(file + ".camel.yaml")).collect(Collectors.joining(","));
    }

    private Set<String> neighbours() throws IOException {
        Set<String> sent = new LinkedHashSet<>();
        Set<String> consumed = new LinkedHashSet<>();
        for (String file : files) {
            String text = Files.readString(ROUTES.resolve(file + ".camel.yaml"));
            QUEUE.matcher(text).results().forEach(found -> sent.add(found.group(1)));
            CONSUMED.matcher(text).results().forEach(found -> consumed.add(found.group(1)));
        }
        sent.removeAll(consumed);
        return sent;
    }

    private static String mock(String queue) {
        return "mock:" + queue.substring(queue.indexOf(':') + 1);
    }

    /** Where the tested routes end. */
    private static final class Neighbours extends RouteBuilder {
        private final Set<String> queues;

        Neighbours(Set<String> queues) {
            this.queues = queues;
        }

        @Override
        public void configure() {
            queues.forEach(queue -> from(queue).to(mock(queue)));
        }
    }

    /** Learns that a message was dealt with. Each queue that takes it asks whether this may move on with it. */
    private static final class Done extends SynchronizationAdapter implements SynchronizationVetoable {
        private final AtomicBoolean now = new AtomicBoolean();
        private final AtomicBoolean moves;

        /** @param moves through the first queue, and no further */
        Done(boolean moves) {
            this.moves = new AtomicBoolean(moves);
        }

        @Override
        public boolean allowHandover() {
            return moves.getAndSet(false);
        }

        @Override
        public void onDone(Exchange ended) {
            now.set(true);
        }
    }

    /** Counts what happens. Camel finds it among the beans by its type. */
    private static final class Events extends EventNotifierSupport {
        private final AtomicInteger redeliveries = new AtomicInteger();
        private final Map<String, Integer> completed = new ConcurrentHashMap<>();
        private volatile Runnable beforeRedelivery = () -> { };

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof CamelEvent.ExchangeRedeliveryEvent) {
                redeliveries.incrementAndGet();
                beforeRedelivery.run();
            } else if (event instanceof CamelEvent.ExchangeCompletedEvent done && done.getExchange().getFromRouteId() != null) {
                completed.merge(done.getExchange().getFromRouteId(), 1, Integer::sum);
            }
        }
    }
}
