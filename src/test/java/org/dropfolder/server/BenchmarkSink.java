package org.dropfolder.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers like the API, and keeps nothing of what it is sent but names and sizes: it is to cost little beside whoever sends. What
 * is sent to a path that the API does not have is read, and that is all.
 */
final class BenchmarkSink implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BUFFER = 1 << 18;
    private static final int LOCAL_HEADER = 0x04034b50;
    private static final long IN_ZIP64 = 0xFFFFFFFFL;

    private final ServerSocket socket;
    private final Map<String, Dataset> datasets = new ConcurrentHashMap<>();
    private final Map<String, Dataset> models = new ConcurrentHashMap<>();
    private final List<Transfer> transfers = new CopyOnWriteArrayList<>();
    private final Map<String, Long> trained = new ConcurrentHashMap<>();
    private final AtomicLong images = new AtomicLong();
    private final AtomicLong lastAnswer = new AtomicLong();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<String, Instant> ends = new ConcurrentHashMap<>();

    /** A body of more than a megabyte, from the end of its headers until its answer, in nanoseconds of this process. */
    private record Transfer(String path, Duration took) { }

    private record Image(String name, long size) { }

    private record Dataset(String id, String name, List<Image> images) {
        Map<String, Object> json() {
            Map<String, Object> json = new HashMap<>(Map.of("dataset_id", id, "name", name, "user_id", "u",
                "creation_time", "2026-01-01 00:00:00+00:00"));
            json.put("cover_asset_identifier", null);
            return json;
        }
    }

    BenchmarkSink() throws IOException {
        socket = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    long images() {
        return images.get();
    }

    /** When the latest upload was answered, by {@link System#nanoTime()}. */
    long lastAnswer() {
        return lastAnswer.get();
    }

    /** How long each body of more than a megabyte took that was sent to such a path. */
    List<Duration> sent(String path) {
        return transfers.stream().filter(transfer -> transfer.path().endsWith(path)).map(Transfer::took).toList();
    }

    /** When the training of each dataset was asked for, by its name and {@link System#nanoTime()}. */
    Map<String, Long> trained() {
        return trained;
    }

    int mostInFlight() {
        return mostInFlight.get();
    }

    int requests() {
        return requests.get();
    }

    /** The training of a dataset that was there before ends at this moment; without that none ever does. */
    void end(String id, Instant at) {
        Dataset dataset = datasets.computeIfAbsent(id, d -> new Dataset(d, d, new CopyOnWriteArrayList<>()));
        models.put("m" + id, dataset);
        ends.put(id, at);
    }

    private Map<String, Object> model(Dataset of) {
        boolean ready = !Instant.now().isBefore(ends.getOrDefault(of.id(), Instant.MAX));
        Map<String, Object> json = new HashMap<>(Map.of("model_id", "m" + of.id(), "name", of.name(), "status", ready ? "COMPLETED" : "TRAINING",
            "dataset_id", of.id(), "creation_time", "2026-01-01 00:00:00+00:00", "is_available_for_generation", ready, "is_owned", true,
            "last_update_time", "2026-01-01 00:00:00+00:00"));
        json.put("custom_model_uri", ready ? "model/" + of.name() + "/version/1" : null);
        return json;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                daemon(() -> serve(connection));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream(), BUFFER);
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                answer(line.split(" "), in, connection.getOutputStream());
            }
        } catch (IOException gone) {
            return;
        }
    }

    private void answer(String[] request, InputStream in, OutputStream out) throws IOException {
        long length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).strip());
            } else if (lower.startsWith("expect:")) {
                out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
            }
        }
        long begun = System.nanoTime();
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        requests.incrementAndGet();
        try {
            Body body = new Body(in, length);
            byte[] answer = JSON.writeValueAsBytes(answer(request[0], request[1], body));
            body.drain();
            if (length > 1_000_000) {
                transfers.add(new Transfer(request[1], Duration.ofNanos(System.nanoTime() - begun)));
            }
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + answer.length + "\r\n\r\n")
                .getBytes(ISO_8859_1));
            out.write(answer);
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private Object answer(String method, String path, Body body) throws IOException {
        String[] parts = path.replaceFirst("[?].*", "").split("/");
        if (path.equals("/datasets") && method.equals("POST")) {
            return created(body);
        }
        if (path.startsWith("/datasets") && parts.length == 2) {
            return Map.of("datasets", datasets.values().stream().map(Dataset::json).toList());
        }
        if (path.startsWith("/datasets/") && parts.length == 3) {
            // of what a filled ledger knows it holds nothing
            Dataset dataset = datasets.getOrDefault(parts[2], new Dataset(parts[2], parts[2], List.of()));
            return Map.of("dataset", dataset.json(), "file_count", dataset.images().size(), "custom_model_ids", List.of(), "files",
                dataset.images().stream().map(image -> Map.of("file_name", image.name(), "file_size_bytes", image.size())).toList());
        }
        if (path.startsWith("/datasets/")) {
            return taken(datasets.get(parts[2]), body);
        }
        if (path.endsWith("/train-model")) {
            return started(datasets.get(JSON.readTree(body.all()).get("dataset_id").asText()));
        }
        if (path.startsWith("/models/")) {
            return Map.of("model", model(models.get(parts[2])));
        }
        return Map.of("models", models.values().stream().map(this::model).toList());
    }

    private Object created(Body body) throws IOException {
        String name = JSON.readTree(body.all()).get("name").asText();
        Dataset dataset = new Dataset("d" + datasets.size() + "-" + System.nanoTime(), name, new CopyOnWriteArrayList<>());
        datasets.put(dataset.id(), dataset);
        return dataset.json();
    }

    private Object started(Dataset dataset) {
        trained.put(dataset.name(), System.nanoTime());
        models.put("m" + dataset.id(), dataset);
        return Map.of("model_id", "m" + dataset.id(), "dataset_id", dataset.id(), "training_status", "CREATING", "model_name", dataset.name());
    }

    /** A form with one stored ZIP in it, whose entries say their sizes ahead. */
    private Object taken(Dataset dataset, Body body) throws IOException {
        while (!line(body).isEmpty()) {
            continue;
        }
        List<Image> sent = new ArrayList<>();
        ByteBuffer header = header(body);
        while (header.getInt(0) == LOCAL_HEADER) {
            String name = new String(body.readNBytes(header.getShort(26)), UTF_8);
            ByteBuffer extra = ByteBuffer.wrap(body.readNBytes(header.getShort(28))).order(ByteOrder.LITTLE_ENDIAN);
            long size = header.getInt(18) & IN_ZIP64;
            size = size == IN_ZIP64 ? extra.getLong(12) : size;
            body.skipNBytes(size);
            if (!name.endsWith(".txt")) {
                sent.add(new Image(name, size));
            }
            header = header(body);
        }
        body.drain();
        dataset.images().addAll(sent);
        images.addAndGet(sent.size());
        lastAnswer.accumulateAndGet(System.nanoTime(), Math::max);
        return Map.of("total_count", sent.size(), "success_count", sent.size(), "failure_count", 0, "failed_assets", List.of(),
            "successful_assets", sent.stream().map(image -> Map.of("file_name", image.name(),
                "asset_identifier", Map.of("asset_type", "UPLOAD", "asset_id", "a"))).toList());
    }

    private static ByteBuffer header(Body body) throws IOException {
        return ByteBuffer.wrap(body.readNBytes(30)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "sink");
        thread.setDaemon(true);
        thread.start();
    }

    /** So many bytes of a connection. */
    private static final class Body extends InputStream {
        private final InputStream in;
        private final byte[] buffer;
        private long left;

        Body(InputStream in, long length) {
            this.in = in;
            this.left = length;
            this.buffer = new byte[(int) Math.min(length, BUFFER)];
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            left--;
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = left == 0 ? -1 : in.read(bytes, from, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public void skipNBytes(long count) throws IOException {
            for (long rest = count; rest > 0; ) {
                int read = read(buffer, 0, (int) Math.min(rest, buffer.length));
                if (read < 0) {
                    throw new EOFException();
                }
                rest -= read;
            }
        }

        byte[] all() throws IOException {
            return readAllBytes();
        }

        void drain() throws IOException {
            skipNBytes(left);
        }
    }
}
