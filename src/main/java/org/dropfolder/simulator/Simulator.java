package org.dropfolder.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Ideogram custom-model-training API on this machine alone: strict about its contract, and with faults on demand.
 * It listens on 127.0.0.1, and holds an account that is empty at the start and forgotten at the end, unless it is kept
 * in a file. Thread safe.
 *
 * <p>What the contract leaves open is answered so: a second file of a name is a second file; captions are not among a
 * dataset's files; a caption goes with the images of its stem that come in the same request; names and sizes are
 * listed as they were sent. A file whose name contains {@code unsafe} fails its safety check, one with
 * {@code internal-error} an internal error, and a model whose name contains {@code fails} ends in {@code ERRORED}. Nor is a
 * picture safe whose prompt contains {@code unsafe}; any other is painted when it is fetched, and looks like no model.
 */
public final class Simulator implements AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger("org.dropfolder.simulator");

    static {
        // the JDK's server writes headers and body apart; without this each answer waits 40 ms for the client's kernel
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService executor;
    private final Traffic traffic = new Traffic();
    private final Faults faults = new Faults();
    private final Holdings holdings;
    private final Pictures pictures;
    private final boolean ownPictures;
    private final Api api;
    private final Optional<Consumer<Interaction>> observer;

    /**
     * How a simulator is started.
     *
     * @param port   to listen on; 0 lets the system choose one
     * @param pace   of trainings
     * @param clock  that all times are taken from
     * @param key    the account's only key; without it every key that is not empty is good
     * @param memory the file in which the account is kept; without it nothing is written
     * @param observer told of every request, as {@link #withObserver} says
     * @param pictures where generated pictures are fetched; without it the simulator starts one, and closes it
     */
    public record Options(int port, Pace pace, Clock clock, Optional<String> key, Optional<Path> memory,
            Optional<Consumer<Interaction>> observer, Optional<Pictures> pictures) {

        /** A port of the system's choice, the quick pace, the system's clock, any key, nothing kept, nobody told. */
        public static Options defaults() {
            return new Options(0, Pace.quick(), Clock.systemUTC(), Optional.empty(), Optional.empty(),
                    Optional.empty(), Optional.empty());
        }

        public Options withPort(int other) {
            return new Options(other, pace, clock, key, memory, observer, pictures);
        }

        public Options withPace(Pace other) {
            return new Options(port, other, clock, key, memory, observer, pictures);
        }

        public Options withClock(Clock other) {
            return new Options(port, pace, other, key, memory, observer, pictures);
        }

        public Options withKey(String only) {
            return new Options(port, pace, clock, Optional.of(only), memory, observer, pictures);
        }

        /**
         * Goes on with the account that this file holds, and keeps it there: its datasets, files, captions and models,
         * not the requests it has seen. What a client was told is on the disk before, so not even a kill makes the
         * next simulator forget it; statuses go on by the clock meanwhile. A file that is missing is made, in a folder
         * that must be there. One simulator at a time has it.
         */
        public Options withMemory(Path file) {
            return new Options(port, pace, clock, key, Optional.of(file), observer, pictures);
        }

        /**
         * Tells of every request once it has been dealt with, before its answer is sent and the account shows it: for a
         * record of the traffic, or a check. It is told on many threads. Bodies are kept in memory until then, so this
         * is for requests that fit there. What the observer throws is logged and changes nothing.
         */
        public Options withObserver(Consumer<Interaction> other) {
            return new Options(port, pace, clock, key, memory, Optional.of(other), pictures);
        }

        /** Names this place to those who fetch a picture; it outlives the simulator. */
        public Options withPictures(Pictures other) {
            return new Options(port, pace, clock, key, memory, observer, Optional.of(other));
        }
    }

    private Simulator(Options options, Holdings holdings, HttpServer server, Pictures pictures) {
        this.server = server;
        this.executor = Executors.newCachedThreadPool(daemons("simulator-"));
        this.holdings = holdings;
        this.pictures = pictures;
        this.ownPictures = options.pictures().isEmpty();
        this.api = new Api(options, holdings, faults::lag, pictures);
        this.observer = options.observer();
    }

    /**
     * Starts a simulator, which answers from now on until it is closed.
     *
     * @throws IOException where the port is taken or may not be used, or where the account can't be read from its
     *                     file, with what to do about that
     */
    public static Simulator start(Options options) throws IOException {
        Simulator simulator = opened(options, new Holdings(options.clock(), options.memory()));
        simulator.server.setExecutor(simulator.executor);
        simulator.server.createContext("/", simulator::handle);
        simulator.server.start();
        LOG.debug("The simulator of the Ideogram API listens on {}.", simulator.url());
        return simulator;
    }

    private static Simulator opened(Options options, Holdings holdings) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                options.port());
        try {
            HttpServer server = HttpServer.create(address, 0);
            return new Simulator(options, holdings, server,
                    options.pictures().isPresent() ? options.pictures().get() : Pictures.start(options.clock()));
        } catch (IOException refused) {
            holdings.close();
            throw refused;
        }
    }

    /** Where it listens, without a slash at the end: {@code http://127.0.0.1:40123}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What the account holds and has seen now; what each of its requests did is in it. */
    public Account account() {
        // requests first: what they did was there before they ended
        List<Account.Request> ended = traffic.ended();
        int maxInFlight = traffic.maxInFlight();
        List<Account.Model> models = holdings.trainings(Instant.MAX).stream().map(Change.Trained::model).toList();
        return new Account(holdings.datasets(Instant.MAX), models, holdings.descriptions(), holdings.pictures(), ended, maxInFlight);
    }

    /** The means to make requests go wrong. */
    public Faults faults() {
        return faults;
    }

    /** Where generated pictures are fetched. */
    public Pictures pictures() {
        return pictures;
    }

    /** Stops at once: requests under way lose their connections, and held answers are given up. */
    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
        if (ownPictures) {
            pictures.close();
        }
        try {
            holdings.close();
        } catch (IOException failure) {
            // whatever was answered is on the disk already
            LOG.warn("The simulator could not close the file of its account: {}", failure.toString());
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        boolean welcome = traffic.enter();
        String path = exchange.getRequestURI().getPath();
        Optional<Operation> operation = Operation.of(exchange.getRequestMethod(), path);
        Optional<Recording> recording = observer.map(any -> new Recording(exchange));
        Reply reply = Reply.NONE;
        try {
            reply = read(exchange, welcome ? answer(operation, exchange) : tooMany());
        } catch (IOException gone) {
            LOG.debug("{} {} broke off: {}", exchange.getRequestMethod(), path, gone.getMessage());
        } catch (RuntimeException bug) {
            LOG.error("The simulator failed at {} {}; this is a bug in it.", exchange.getRequestMethod(), path, bug);
        } finally {
            tell(recording, reply);
            traffic.leave(new Account.Request(operation, reply.sentStatus()));
        }
        LOG.debug("{} {} ended with {}.", exchange.getRequestMethod(), path,
                reply.isSent() ? reply.status() : "no answer");
        send(exchange, reply);
    }

    private void tell(Optional<Recording> recording, Reply reply) {
        try {
            recording.ifPresent(ended -> observer.get().accept(ended.interaction(reply)));
        } catch (RuntimeException failure) {
            LOG.error("The simulator's observer failed at a request, which goes on without it.", failure);
        }
    }

    private Reply answer(Optional<Operation> operation, HttpExchange exchange) throws IOException {
        Optional<Fault> fault = operation.flatMap(faults::take);
        return fault.isEmpty() ? api.answer(operation, exchange) : fault.get().around(new Fault.Call() {
            @Override
            public InputStream body() {
                return exchange.getRequestBody();
            }

            @Override
            public Reply proceed() throws IOException {
                return api.answer(operation, exchange);
            }
        });
    }

    private static Reply tooMany() {
        return Reply.error(429, "More than " + Traffic.MOST_IN_FLIGHT + " requests are in flight.")
                .header("Retry-After", "1");
    }

    /** Reads what is left of the body, else a client that still sends it would meet a reset instead of the answer. */
    private static Reply read(HttpExchange exchange, Reply reply) throws IOException {
        if (reply.isSent()) {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        }
        return reply;
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        try (exchange) {
            if (!reply.isSent()) {
                return;
            }
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = reply.body();
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body, 0, reply.sentBytes());
            exchange.getResponseBody().flush();
        }
    }

    static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
