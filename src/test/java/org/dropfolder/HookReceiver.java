package org.dropfolder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Gets POSTs on loopback, and answers as a test wants: well, badly, by a reset, or not at all. It can go away and come back. */
public final class HookReceiver implements AutoCloseable {
    public static final String OK = "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n";
    /** Instead of an answer: the connection breaks. */
    public static final String RESET = "reset";
    /** Instead of an answer: nothing, until the other side goes. */
    public static final String SILENCE = "silence";
    /** An answer whose bytes come one by one, and which never is whole. */
    public static final String DRIP = "drip";
    /** A body without an end. */
    public static final String ENDLESS = "HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n";

    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();
    private final int port;
    private volatile ServerSocket socket;
    private volatile Thread accepting;
    private volatile Optional<HeldPort> held = Optional.empty();
    private volatile Function<Post, String> answers = post -> OK;

    /**
     * What came.
     *
     * @param headers by names in small letters
     */
    public record Post(String line, Map<String, String> headers, byte[] body) {
        public String id() {
            return headers.get("webhook-id");
        }

        public JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public String type() {
            return json().path("type").asText();
        }

        public String dataset() {
            return json().path("data").path("dataset").asText();
        }
    }

    public HookReceiver() throws IOException {
        listen(0);
        this.port = socket.getLocalPort();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    public static String status(int status, String... headers) {
        return "HTTP/1.1 " + status + " Because\r\n" + String.join("", List.of(headers).stream().map(header -> header + "\r\n").toList())
                + "Content-Length: 0\r\n\r\n";
    }

    public void answers(Function<Post, String> next) {
        answers = next;
    }

    /** Everything that came, each try of it. */
    public List<Post> posts() {
        return posts;
    }

    /** How often each id came. */
    public Map<String, Integer> tries() {
        Map<String, Integer> tries = new LinkedHashMap<>();
        posts.forEach(post -> tries.merge(post.id(), 1, Integer::sum));
        return tries;
    }

    public int connections() {
        return open.size();
    }

    /** Nobody answers at its port from now on, and nobody else gets it. */
    public void goAway() throws IOException, InterruptedException {
        socket.close();
        // until whoever accepts has left it, the system goes on listening
        accepting.join();
        held = Optional.of(new HeldPort(port));
    }

    public void comeBack() throws IOException {
        listen(port);
        letGo();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        letGo();
        for (Socket connection : open) {
            connection.close();
        }
    }

    private void letGo() throws IOException {
        if (held.isPresent()) {
            held.get().close();
        }
    }

    private void listen(int at) throws IOException {
        ServerSocket made = new ServerSocket();
        made.setReuseAddress(true);
        made.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
        socket = made;
        accepting = start(() -> accept(made));
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                Socket connection = from.accept();
                open.add(connection);
                start(() -> serve(connection));
            }
        } catch (IOException closed) {
            // it went away
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            Post post = read(connection.getInputStream());
            posts.add(post);
            String answer = answers.apply(post);
            if (answer.equals(RESET)) {
                connection.setSoLinger(true, 0);
            } else if (answer.equals(SILENCE)) {
                connection.getInputStream().read();
            } else if (answer.equals(DRIP)) {
                drip(connection);
            } else {
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                while (answer.equals(ENDLESS)) {
                    connection.getOutputStream().write(new byte[1024]);
                }
            }
        } catch (IOException gone) {
            // the other side left
        }
    }

    /** Waits by reading what never comes: the other side has said all. */
    private static void drip(Socket connection) throws IOException {
        connection.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.ISO_8859_1));
        connection.setSoTimeout(50);
        while (true) {
            connection.getOutputStream().write('x');
            try {
                if (connection.getInputStream().read() < 0) {
                    return;
                }
            } catch (SocketTimeoutException itIsStillThere) {
                // the next byte
            }
        }
    }

    private static Post read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int single = in.read();
            if (single < 0) {
                throw new IOException("no whole head");
            }
            head.write(single);
        }
        List<String> lines = head.toString(StandardCharsets.ISO_8859_1).strip().lines().toList();
        Map<String, String> headers = new TreeMap<>();
        lines.subList(1, lines.size()).forEach(line -> headers.put(line.replaceFirst(":.*", "").toLowerCase(), line.replaceFirst("^[^:]*:\\s*", "")));
        return new Post(lines.get(0), headers, in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))));
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "hook-receiver");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
