package org.dropfolder.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** Keeps the body of one request while it is read, for whoever observes. For one thread. */
final class Recording {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final HttpExchange exchange;

    /** From now on whatever is read of the body is kept. */
    Recording(HttpExchange exchange) {
        this.exchange = exchange;
        exchange.setStreams(new Kept(exchange.getRequestBody()), null);
    }

    Interaction interaction(Reply reply) {
        Optional<Interaction.Answer> answer = Optional.of(reply).filter(Reply::isSent).map(sent ->
                new Interaction.Answer(sent.status(), sent.headers(), sent.body(), sent.byFault()));
        return new Interaction(exchange.getRequestMethod(), exchange.getRequestURI(),
                Map.copyOf(exchange.getRequestHeaders()), body.toByteArray(), answer);
    }

    private final class Kept extends FilterInputStream {
        Kept(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int single = super.read();
            if (single >= 0) {
                body.write(single);
            }
            return single;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            if (count > 0) {
                body.write(buffer, offset, count);
            }
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            return readNBytes((int) Math.max(0, Math.min(count, 8192))).length;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
