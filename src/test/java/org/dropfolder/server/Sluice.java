package org.dropfolder.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.Semaphore;

/** A line to a server on which no more is sent than is let through; what comes back is not held up. */
final class Sluice implements AutoCloseable {
    private static final int CHUNK = 16 << 10;

    private final ServerSocket entrance = new ServerSocket();
    private final URI behind;
    /** What is no image is let through. */
    private final Semaphore bytes = new Semaphore(1 << 18);

    Sluice(URI behind) throws IOException {
        this.behind = behind;
        // small, since what the system keeps on its way counts as sent
        entrance.setReceiveBufferSize(CHUNK);
        entrance.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        daemon(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + entrance.getLocalPort());
    }

    /** Lets so many more bytes through. */
    void let(int more) {
        bytes.release(more);
    }

    /** Holds nothing up any more. */
    void open() {
        let(1 << 30);
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        open();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket from = entrance.accept();
                Socket to = new Socket(behind.getHost(), behind.getPort());
                daemon(() -> pass(from, to, true));
                daemon(() -> pass(to, from, false));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pass(Socket from, Socket to, boolean held) {
        byte[] chunk = new byte[CHUNK];
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                if (held) {
                    bytes.acquire(read);
                }
                out.write(chunk, 0, read);
            }
        } catch (IOException broken) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "sluice");
        thread.setDaemon(true);
        thread.start();
    }
}
