package org.dropfolder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/** What may come between two requests of a move: a kill, a lost answer, or somebody else. A service may know no conditions. */
class S3MovesTest {
    private static final String BUCKET = "photos";
    private static final S3Moves.Spot FROM = new S3Moves.Spot(BUCKET, "inbox/cats/tom.jpg");
    private static final S3Moves.Spot TO = new S3Moves.Spot(BUCKET, "dropfolder/pending/cats/1-tom.jpg");
    private static final S3Moves.Sizes IN_PARTS = new S3Moves.Sizes(1 << 20, 5 << 20);
    private static final byte[] SMALL = {1, 2, 3};
    private static final byte[] OTHER = {4, 5, 6};
    private static final byte[] LARGE = new byte[11 << 20];

    private S3Server server;

    /** A machine that stops. */
    private static final class Cut extends Error { }

    @BeforeEach
    void start() {
        new Random(7).nextBytes(LARGE);
        server = new S3Server(BUCKET);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"before copy", "after copy", "before delete", "after delete"})
    void aLargeObjectIsMovedOnceWhereverItIsCut(String when) throws IOException {
        server.put(BUCKET, FROM.key(), LARGE);
        assertThatExceptionOfType(Cut.class).isThrownBy(() -> move(server.client(), new CutAt(when)));
        move(server.client(), Effects.UNDISTURBED);
        assertThat(server.keys(BUCKET, "")).containsExactly(TO.key());
        assertThat(server.get(BUCKET, TO.key())).isEqualTo(LARGE);
    }

    @Test
    void aLargeObjectThatIsCutBetweenItsPartsIsCopiedAnew() throws IOException {
        server.put(BUCKET, FROM.key(), LARGE);
        AtomicInteger parts = new AtomicInteger();
        S3Client dying = client(before(UploadPartCopyRequest.class, () -> {
            if (parts.incrementAndGet() == 2) {
                throw new Cut();
            }
        }));
        assertThatExceptionOfType(Cut.class).isThrownBy(() -> move(dying, Effects.UNDISTURBED));
        assertThat(server.keys(BUCKET, "")).as("what is seen of it").containsExactly(FROM.key());
        move(server.client(), Effects.UNDISTURBED);
        assertThat(server.keys(BUCKET, "")).containsExactly(TO.key());
        assertThat(server.get(BUCKET, TO.key())).isEqualTo(LARGE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasOverwrittenAfterTheCutStaysBesideItsCopy(boolean large) throws IOException {
        byte[] first = large ? LARGE : SMALL;
        server.put(BUCKET, FROM.key(), first);
        assertThatExceptionOfType(Cut.class).isThrownBy(() -> move(server.client(), new CutAt("before delete")));
        byte[] second = first.clone();
        second[0]++;
        server.put(BUCKET, FROM.key(), second);
        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> move(server.client(), Effects.UNDISTURBED));
        assertThat(server.get(BUCKET, FROM.key())).isEqualTo(second);
        assertThat(server.get(BUCKET, TO.key())).isEqualTo(first);
    }

    @Test
    void whatIsOverwrittenWhileItIsCopiedIsSeenWithoutAnyCondition() {
        server.put(BUCKET, FROM.key(), SMALL);
        Effects somebody = new Effects() {
            @Override
            public void before(String what) { }

            @Override
            public void after(String what) {
                if (what.startsWith("copy")) {
                    server.put(BUCKET, FROM.key(), OTHER);
                }
            }
        };
        assertThatIOException().isThrownBy(() -> move(client(new Ignorant()), somebody)).withMessageContaining("changed while it was copied");
        assertThat(server.get(BUCKET, FROM.key())).isEqualTo(OTHER);
        assertThat(server.get(BUCKET, TO.key())).isEqualTo(SMALL);
    }

    @Test
    void whatCameToTheTargetWhilePartsWereCopiedIsSeenWithoutAnyCondition() {
        server.put(BUCKET, FROM.key(), LARGE);
        S3Client ignorant = client(new Ignorant(), before(UploadPartCopyRequest.class, () -> server.put(BUCKET, TO.key(), OTHER)));
        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> move(ignorant, Effects.UNDISTURBED));
        assertThat(server.get(BUCKET, FROM.key())).isEqualTo(LARGE);
        assertThat(server.get(BUCKET, TO.key())).isEqualTo(OTHER);
        assertThat(server.client().listMultipartUploads(request -> request.bucket(BUCKET)).uploads()).isEmpty();
    }

    @Test
    void aCopyWhoseAnswerWasLostIsNoStrangersObject() throws IOException {
        server.put(BUCKET, FROM.key(), SMALL);
        move(client(new LostAnswer(CopyObjectRequest.class, 412)), Effects.UNDISTURBED);
        assertThat(server.keys(BUCKET, "")).containsExactly(TO.key());
    }

    @Test
    void aLargeCopyWhoseAnswerWasLostIsNoStrangersObject() throws IOException {
        server.put(BUCKET, FROM.key(), LARGE);
        move(client(new LostAnswer(CompleteMultipartUploadRequest.class, 404)), Effects.UNDISTURBED);
        assertThat(server.keys(BUCKET, "")).containsExactly(TO.key());
    }

    @Test
    void aDeletionWhoseAnswerWasLostHappened() throws IOException {
        server.put(BUCKET, FROM.key(), SMALL);
        move(client(new LostAnswer(DeleteObjectRequest.class, 412)), Effects.UNDISTURBED);
        assertThat(server.keys(BUCKET, "")).containsExactly(TO.key());
    }

    /** Its copy is there already: that is no sign that a move is over. */
    @Test
    void aMoveThatAnotherThreadMakesIsNotTakenForDone() throws IOException {
        S3Moves moves = new S3Moves(new S3Objects(server.client(), S3Encryption.BY_DEFAULT, Effects.UNDISTURBED, () -> { }), IN_PARTS);
        server.put(BUCKET, FROM.key(), SMALL);
        AtomicInteger refused = new AtomicInteger();
        server.before(S3Server.Operation.DELETE, FROM.key(), () -> {
            assertThat(server.keys(BUCKET, "")).contains(TO.key());
            assertThatExceptionOfType(UnderWayException.class).isThrownBy(() -> moves.move(FROM, TO, true));
            refused.incrementAndGet();
        });
        moves.move(FROM, TO, true);
        assertThat(refused).hasValue(1);
        assertThat(server.keys(BUCKET, "")).containsExactly(TO.key());
    }

    /** Proxies write them with capitals. */
    @Test
    void aCopyIsKnownHoweverTheNamesOfItsNotesAreWritten() throws IOException {
        server.put(BUCKET, FROM.key(), SMALL);
        move(client(new Capitals()), Effects.UNDISTURBED);
        assertThat(server.keys(BUCKET, "")).containsExactly(TO.key());
    }

    @Test
    void whatComesBackToWhereItWasIsMovedThoughItWasCutOff() throws IOException {
        S3Moves.Spot aside = new S3Moves.Spot(BUCKET, "dropfolder/rejected/cats/tom.jpg");
        S3Moves moves = new S3Moves(new S3Objects(server.client(), S3Encryption.BY_DEFAULT, Effects.UNDISTURBED, () -> { }), IN_PARTS);
        server.put(BUCKET, FROM.key(), SMALL);
        moves.move(FROM, TO, true);
        moves.move(TO, aside, false);
        server.refuse(S3Server.Operation.DELETE, 503, "SlowDown");
        assertThatIOException().isThrownBy(() -> moves.move(aside, TO, false));
        server.heal();
        moves.move(aside, TO, false);
        assertThat(server.keys(BUCKET, "")).containsExactly(TO.key());
    }

    /** As a new process. */
    private void move(S3Client client, Effects effects) throws IOException {
        S3Objects objects = new S3Objects(client, S3Encryption.BY_DEFAULT, effects, () -> { });
        new S3Moves(objects, IN_PARTS).move(FROM, TO, true);
    }

    private S3Client client(ExecutionInterceptor... listeners) {
        return server.access().client(Arrays.asList(listeners));
    }

    private static ExecutionInterceptor before(Class<? extends SdkRequest> kind, Runnable first) {
        return new ExecutionInterceptor() {
            @Override
            public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                if (kind.isInstance(context.request())) {
                    first.run();
                }
            }
        };
    }

    private record CutAt(String when) implements Effects {
        @Override
        public void before(String what) {
            cut("before " + what);
        }

        @Override
        public void after(String what) {
            cut("after " + what);
        }

        private void cut(String now) {
            if (now.startsWith(when)) {
                throw new Cut();
            }
        }
    }

    /** A service that passes over the conditions that it does not know. */
    private static final class Ignorant implements ExecutionInterceptor {
        @Override
        public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            boolean reads = context.httpRequest().method().name().matches("GET|HEAD");
            return reads ? context.httpRequest() : context.httpRequest().copy(request -> List.of("If-Match", "If-None-Match")
                .forEach(request::removeHeader));
        }
    }

    private static final class Capitals implements ExecutionInterceptor {
        @Override
        public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
            return context.httpResponse().toBuilder().clearHeaders().applyMutation(answer -> context.httpResponse().headers()
                .forEach((name, values) -> answer.putHeader(name.replace("x-amz-meta-dropfolder-", "X-Amz-Meta-Dropfolder-"), values))).build();
        }
    }

    /** The first answer to such a request never comes, though it was carried out; to the second try the service says that it can't be. */
    private static final class LostAnswer implements ExecutionInterceptor {
        private final Class<? extends SdkRequest> kind;
        private final int second;
        private int answers;

        LostAnswer(Class<? extends SdkRequest> kind, int second) {
            this.kind = kind;
            this.second = second;
        }

        @Override
        public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
            if (!kind.isInstance(context.request())) {
                return context.httpResponse();
            }
            answers++;
            return context.httpResponse().copy(answer -> answer.statusCode(answers == 1 ? 500 : second));
        }
    }
}
