package org.dropfolder.ideogram;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * The body of an answer, which holds its request's place at the gate until it was read to the end, or closed: until
 * then the request is in flight. That it breaks off is told as an {@link AnswerLostException}.
 */
final class PassedEntity extends HttpEntityWrapper {

    private final Gate.Pass pass;
    private final Ending ending;

    PassedEntity(HttpEntity body, Gate.Pass pass, Ending ending) {
        super(body);
        this.pass = pass;
        this.ending = ending;
    }

    @Override
    public InputStream getContent() throws IOException {
        return new PassedStream(super.getContent());
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream in = getContent()) {
            in.transferTo(out);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            end();
        }
    }

    private void end() {
        ending.is(Calls.Outcome.DONE);
        pass.close();
    }

    private final class PassedStream extends FilterInputStream {

        PassedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            try {
                int read = in.read(bytes, from, length);
                if (read < 0) {
                    end();
                }
                return read;
            } catch (IOException broken) {
                ending.is(Calls.Outcome.LOST);
                throw new AnswerLostException(
                        "Ideogram's answer did not come whole (" + Attempt.reason(broken) + ")", broken);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                in.close();
            } finally {
                end();
            }
        }
    }
}
