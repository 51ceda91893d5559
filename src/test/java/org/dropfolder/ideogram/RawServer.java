package org.dropfolder.ideogram;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that behaves as badly as a test wants. */
final class RawServer implements AutoCloseable {

    /** What the server does with a connection; it is closed afterwards. */
    @FunctionalInterface
    interface Talk {
        void over(Socket connection) throws IOException;
    }

    private final ServerSocket socket;
    private final Talk talk;
    private final AtomicInteger connections = new AtomicInteger();
    private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();

    RawServer(Talk talk) throws IOException {
        this.talk = talk;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
    }

    int port() {
        return socket.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    /** Reads a request to the end of its head. */
    static String head(Socket connection) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        InputStream in = connection.getInputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int single = in.read();
            if (single < 0) {
                throw new IOException("no whole head");
            }
            head.write(single);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads a whole request whose body has a known length. */
    static void request(Socket connection) throws IOException {
        String head = head(connection);
        long length = head.lines().filter(line -> line.startsWith("Content-Length: "))
                .mapToLong(line -> Long.parseLong(line.substring(16))).findFirst().orElse(0);
        connection.getInputStream().skipNBytes(length);
    }

    static void say(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        connection.getOutputStream().flush();
    }

    /** Reads until the other side is gone, and says how much. */
    static long drain(Socket connection) {
        byte[] buffer = new byte[1 << 16];
        long all = 0;
        try {
            for (int read = 0; read >= 0; read = connection.getInputStream().read(buffer)) {
                all += read;
            }
        } catch (IOException reset) {
            // gone, and not gently
        }
        return all;
    }

    /** Closes with a reset instead of an end. */
    static void reset(Socket connection) throws IOException {
        connection.setSoLinger(true, 0);
        connection.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : open) {
            connection.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                connections.incrementAndGet();
                open.add(connection);
                start(() -> serve(connection));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            talk.over(connection);
        } catch (IOException gone) {
            // the client left, which is what some tests are about
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }
}
