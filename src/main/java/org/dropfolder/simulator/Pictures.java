package org.dropfolder.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * Where generated pictures are fetched: an address of its own on loopback, as Ideogram keeps them elsewhere than its API. It knows
 * nothing but what the address of a picture says, so it serves those of any simulator; each for an hour. The API's key must not
 * come here, and is refused. Thread safe.
 */
public final class Pictures implements AutoCloseable {
    /** Pixels. */
    static final int SIDE = 768;
    /** A url expires soon; how soon nobody tells [open]. */
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Pattern ADDRESS = Pattern.compile("/[A-Za-z0-9_-]+/([0-9]{1,18})\\.(png|jpg)");
    private static final Pattern UNTIL = Pattern.compile("exp=([0-9]{1,18})");

    private final HttpServer server;
    private final ExecutorService executor;
    private final Clock clock;
    private final Deque<Fault> faults = new ArrayDeque<>();
    private int asked;

    private Pictures(HttpServer server, Clock clock) {
        this.server = server;
        this.clock = clock;
        this.executor = Executors.newCachedThreadPool(Simulator.daemons("pictures-"));
    }

    /**
     * Serves from now on until it is closed.
     *
     * @throws IOException where nothing can be listened to
     */
    public static Pictures start(Clock clock) throws IOException {
        Pictures pictures = new Pictures(HttpServer.create(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0), clock);
        pictures.server.setExecutor(pictures.executor);
        pictures.server.createContext("/", pictures::handle);
        pictures.server.start();
        return pictures;
    }

    /** Lets the next requests for a picture go wrong, one fault each. */
    public synchronized void next(Fault... more) {
        faults.addAll(List.of(more));
    }

    /** How many requests there were for a picture, those that went wrong among them. */
    public synchronized int asked() {
        return asked;
    }

    /** Where a picture is, for an hour from its making. */
    String address(Account.Picture picture) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + picture.id() + "/" + picture.seed()
                + (picture.seed() % 2 == 0 ? ".jpg" : ".png") + "?exp=" + picture.createdAt().plus(KEPT).toEpochMilli() + "&sig=simulated";
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Reply reply = reply(exchange);
        try (exchange) {
            if (reply.isSent()) {
                reply.headers().forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
                exchange.getResponseBody().write(reply.body(), 0, reply.sentBytes());
                exchange.getResponseBody().flush();
            }
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        Optional<Fault> fault = fault();
        return fault.isEmpty() ? picture(exchange) : fault.get().around(new Fault.Call() {
            @Override
            public InputStream body() {
                return exchange.getRequestBody();
            }

            @Override
            public Reply proceed() throws IOException {
                return picture(exchange);
            }
        });
    }

    private synchronized Optional<Fault> fault() {
        asked++;
        return Optional.ofNullable(faults.poll());
    }

    private Reply picture(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        Matcher address = ADDRESS.matcher(uri.getPath());
        Matcher until = UNTIL.matcher(Optional.ofNullable(uri.getQuery()).orElse(""));
        if (exchange.getRequestHeaders().containsKey("Api-Key")) {
            return Reply.error(400, "The key of the API was sent to where pictures are kept, which is another's house.");
        }
        if (!exchange.getRequestMethod().equals("GET") || !address.matches() || !until.find()) {
            return Reply.error(404, "There is no picture at " + uri.getPath() + ".");
        }
        if (Instant.ofEpochMilli(Long.parseLong(until.group(1))).isBefore(clock.instant())) {
            return Reply.error(403, "The address has expired.");
        }
        boolean png = address.group(2).equals("png");
        return Reply.file(png ? "image/png" : "image/jpeg", painted(Long.parseLong(address.group(1)), png ? "png" : "jpg"));
    }

    /** Hills in a mist under a sun; another seed paints others. */
    private static byte[] painted(long seed, String format) throws IOException {
        Random random = new Random(seed);
        float hue = random.nextFloat();
        BufferedImage canvas = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D brush = canvas.createGraphics();
        brush.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        brush.setPaint(new GradientPaint(0, 0, Color.getHSBColor(hue, 0.5f, 0.95f), 0, SIDE, Color.getHSBColor(hue + 0.12f, 0.25f, 1f)));
        brush.fillRect(0, 0, SIDE, SIDE);
        brush.setPaint(Color.getHSBColor(hue + 0.5f, 0.2f, 1f));
        double sun = SIDE * (0.1 + 0.1 * random.nextDouble());
        brush.fill(new Ellipse2D.Double(SIDE * (0.2 + 0.5 * random.nextDouble()), SIDE * 0.18, sun, sun));
        for (int hill = 0; hill < 6; hill++) {
            brush.setPaint(Color.getHSBColor(hue + 0.03f * hill, 0.35f + 0.08f * hill, 0.8f - 0.11f * hill));
            double width = SIDE * (0.7 + random.nextDouble());
            brush.fill(new Ellipse2D.Double(SIDE * (random.nextDouble() * 1.2 - 0.5), SIDE * (0.45 + 0.09 * hill), width, SIDE));
        }
        brush.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(canvas, format, bytes);
        return bytes.toByteArray();
    }
}
