package org.dropfolder.route;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a request brings, read while it comes: who sends waits for who reads, so that little of it is held in memory. For one thread,
 * and not the one that the connection belongs to. A connection that breaks off is an {@link EOFException}, never an end; who sends too slowly, a {@link SocketTimeoutException}.
 */
final class RequestBody extends InputStream {
    private static final Buffer END = Buffer.buffer();
    private static final Buffer BROKEN = Buffer.buffer();
    /** Buffers of some kilobytes that are on their way. */
    private static final int AHEAD = 16;
    /** So much comes within the patience, at least, or what is left. */
    private static final int LEAST = 64 << 10;

    private final HttpServerRequest request;
    private final BlockingQueue<Buffer> coming = new LinkedBlockingQueue<>();
    private boolean begun;
    private Buffer current = Buffer.buffer();
    private int position;
    private final Duration patience;
    private long waited;
    private int came;

    /**
     * @param request  is paused, and nothing of it was read
     * @param patience how long it is waited for each 64 KB, so that nobody keeps a place by a byte now and then; the time in which
     *                 who reads does something else does not count
     */
    RequestBody(HttpServerRequest request, Duration patience) {
        this.request = request;
        this.patience = patience;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position == current.length()) {
            if (current == END) {
                return -1;
            }
            current = next();
            position = 0;
        }
        int read = Math.min(length, current.length() - position);
        current.getBytes(position, position + read, bytes, from);
        position += read;
        return read;
    }

    /** Nothing more is wanted; what still comes is nobody's. */
    @Override
    public void close() {
        if (begun && !request.isEnded()) {
            request.handler(null);
        }
    }

    private Buffer next() throws IOException {
        if (current == BROKEN) {
            throw broken();
        }
        begin();
        try {
            Buffer next = await();
            if (next == BROKEN) {
                throw broken();
            }
            if (next != END) {
                ask(1);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The server stops.");
        }
    }

    private Buffer await() throws InterruptedException, SocketTimeoutException {
        long begun = System.nanoTime();
        Buffer next = coming.poll(Math.max(0, patience.toNanos() - waited), TimeUnit.NANOSECONDS);
        if (next == null) {
            throw new SocketTimeoutException("Less than 64 KB came within " + patience.toMillis() + " ms.");
        }
        waited += System.nanoTime() - begun;
        came += next.length();
        if (came >= LEAST) {
            waited = 0;
            came = 0;
        }
        return next;
    }

    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        // who broke off before anybody listened tells nobody any more: it is asked for, after it was listened to
        request.response().closeHandler(closed -> coming.add(BROKEN));
        if (request.response().closed()) {
            coming.add(BROKEN);
            return;
        }
        if (request.isEnded()) {
            coming.add(END);
            return;
        }
        request.exceptionHandler(failure -> coming.add(BROKEN));
        request.endHandler(ended -> coming.add(END));
        request.handler(coming::add);
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        ask(AHEAD);
    }

    private void ask(int buffers) {
        try {
            request.fetch(buffers);
        } catch (IllegalStateException whole) {
            // by HTTP/2 nothing more may be asked for once the end has come, which then is among what is coming
            return;
        }
    }

    private static EOFException broken() {
        return new EOFException("The connection broke off before the whole file was here.");
    }
}
