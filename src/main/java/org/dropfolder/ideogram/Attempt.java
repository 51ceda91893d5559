package org.dropfolder.ideogram;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * How far one request got: what happened after its last byte is in doubt, what happened before is not.
 * Written by the thread that sends; read by another one too, which looks whether it stands still.
 */
final class Attempt {

    private enum Stage { CONNECTING, SENDING, SENT }

    private volatile Stage stage = Stage.CONNECTING;
    private volatile long movedAt = System.nanoTime();
    private volatile boolean stalled;

    /** Makes the request's body tell when it is written, and when it was written completely. */
    void watch(ClassicHttpRequest request) {
        if (request.getEntity() != null) {
            request.setEntity(new Watched(request.getEntity()));
        }
    }

    /** There is a connection, and the request is about to be written. */
    void connected(ClassicHttpRequest request) {
        moved();
        stage = request.getEntity() == null ? Stage.SENT : Stage.SENDING;
    }

    /** Whether the body stands still for so long; once it does, that is why the attempt failed. */
    boolean stalledFor(Duration timeout) {
        stalled = stage == Stage.SENDING && System.nanoTime() - movedAt > timeout.toNanos();
        return stalled;
    }

    /** Whether every byte was handed to the connection. */
    boolean sent() {
        return stage == Stage.SENT;
    }

    /** What to make of a failure, by how far the request got. */
    IOException failed(Exception failure, HttpHost target) {
        String reason = stalled ? "it stood still" : reason(failure);
        return switch (stage) {
            case CONNECTING -> new NotSentException(
                    "No connection to " + target.toHostString() + " (" + reason + ")", failure);
            case SENDING -> new NotSentException("The request was not sent whole (" + reason + ")", failure);
            case SENT -> new AnswerLostException("Ideogram's answer did not come whole (" + reason + ")", failure);
        };
    }

    /** The few words that tell a person why something failed. */
    static String reason(Exception failure) {
        if (failure instanceof UnknownHostException) {
            return "unknown host";
        }
        if (failure instanceof ConnectTimeoutException) {
            return "nobody answers";
        }
        if (failure instanceof ConnectException && String.valueOf(failure.getMessage()).contains("refused")) {
            return "refused";
        }
        String message = failure.getMessage();
        return Excerpt.of(message == null ? failure.getClass().getSimpleName() : message);
    }

    private void moved() {
        movedAt = System.nanoTime();
    }

    private final class Watched extends HttpEntityWrapper {

        Watched(HttpEntity body) {
            super(body);
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            super.writeTo(new Moving(out));
            stage = Stage.SENT;
        }
    }

    private final class Moving extends OutputStream {

        private final OutputStream out;

        Moving(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int single) throws IOException {
            out.write(single);
            moved();
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            moved();
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
