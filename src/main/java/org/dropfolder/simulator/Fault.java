package org.dropfolder.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Something that goes wrong with one request. A fault stands around what the simulator would do, so faults nest:
 * {@code hold(latch).then(loseAnswer())} does what was asked, waits for the latch and then closes the connection.
 * Immutable.
 */
public abstract sealed class Fault {
    private static final int LONGEST_HOLD_SECONDS = 60;
    private static final int READ_BEFORE_RESET = 64 * 1024;

    private Fault() { }

    /** What a fault stands around. */
    interface Call {
        /** The body of the request, of which nothing has been read before {@link #proceed}. */
        InputStream body();

        /** Does what was asked. */
        Reply proceed() throws IOException;
    }

    /** @throws IOException where the client is gone, or the simulator is being closed */
    abstract Reply around(Call call) throws IOException;

    /** Answers with this status and does nothing of what was asked; without a body unless one is given. */
    public static Answer answer(int status) {
        return new Answer(Reply.fault(status));
    }

    /** Closes the connection before anything is done or the body is read. */
    public static Fault closeBefore() {
        return new Around(call -> Reply.NONE);
    }

    /**
     * Closes the connection after at most the first 64 KiB of the body, and does nothing of what was asked. A client
     * that is still sending meets a reset; one whose body was shorter than that may see a plain end.
     */
    public static Fault closeWhileReading() {
        return new Around(call -> {
            call.body().readNBytes(READ_BEFORE_RESET);
            return Reply.NONE;
        });
    }

    /** Does what was asked, and closes the connection without an answer. */
    public static Fault loseAnswer() {
        return new Around(call -> {
            call.proceed();
            return Reply.NONE;
        });
    }

    /** Does what was asked, sends half of the answer's body, and closes the connection. */
    public static Fault halfAnswer() {
        return new Around(call -> call.proceed().half());
    }

    /** Does what was asked, and answers with its status and JSON that ends in the middle, as if it were whole. */
    public static Fault brokenJson() {
        return new Around(call -> {
            Reply reply = call.proceed();
            return reply.body(Arrays.copyOf(reply.body(), reply.body().length / 2));
        });
    }

    /** Does what was asked, and leaves a field out of the answer, wherever in it that name stands. */
    public static Fault without(String field) {
        return new Around(call -> {
            Reply reply = call.proceed();
            JsonNode json = Json.parse(reply.body());
            json.findParents(field).forEach(parent -> ((ObjectNode) parent).remove(field));
            return reply.body(Json.bytes(json));
        });
    }

    /** Does what was asked, and answers only when the latch is at zero, or after a minute. */
    public static Fault hold(CountDownLatch latch) {
        return new Around(call -> {
            Reply reply = call.proceed();
            await(latch);
            return reply;
        });
    }

    /** This fault around another one, which in turn stands around the request. */
    public Fault then(Fault inner) {
        return new Around(call -> around(new Call() {
            @Override
            public InputStream body() {
                return call.body();
            }

            @Override
            public Reply proceed() throws IOException {
                return inner.around(call);
            }
        }));
    }

    private static void await(CountDownLatch latch) throws InterruptedIOException {
        try {
            latch.await(LONGEST_HOLD_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The simulator was closed while it held an answer.");
        }
    }

    /** An answer instead of what was asked. */
    public static final class Answer extends Fault {
        private final Reply reply;

        private Answer(Reply reply) {
            this.reply = reply;
        }

        /** The same with one more header, or with another value for it. */
        public Answer header(String name, String value) {
            return new Answer(reply.header(name, value));
        }

        /** The same with this body, sent in UTF-8. */
        public Answer body(String text) {
            return new Answer(reply.body(text.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        Reply around(Call call) {
            return reply;
        }
    }

    private interface Effect {
        Reply around(Call call) throws IOException;
    }

    private static final class Around extends Fault {
        private final Effect effect;

        private Around(Effect effect) {
            this.effect = effect;
        }

        @Override
        Reply around(Call call) throws IOException {
            return effect.around(call);
        }
    }
}
