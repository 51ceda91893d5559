package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.dropfolder.HookReceiver;
import org.dropfolder.pipeline.RefusedNoticeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a receiver of notices may do to whoever posts to it. */
@Timeout(60)
class NoticeClientTest {
    /** Longer than an answer takes that comes, however busy the machine is. */
    private static final Duration PATIENT = Duration.ofSeconds(10);
    private static final Duration IMPATIENT = Duration.ofMillis(500);

    private HookReceiver receiver;
    private NoticeClient notices;
    private CloseableHttpClient client;

    @BeforeEach
    void start() throws IOException {
        receiver = new HookReceiver();
        open(PATIENT);
    }

    private void open(Duration longest) {
        notices = new NoticeClient(longest);
        HttpClientBuilder builder = HttpClientBuilder.create();
        notices.configureHttpClient(builder);
        client = builder.build();
    }

    @AfterEach
    void stop() throws IOException {
        shut();
        receiver.close();
    }

    private void shut() throws IOException {
        client.close();
        notices.close();
    }

    private void openImpatiently() throws IOException {
        shut();
        open(IMPATIENT);
    }

    @Test
    void anAnswerIsItsStatus() throws IOException {
        assertThat(post(post -> HookReceiver.OK)).isEqualTo(204);
        assertThat(post(post -> HookReceiver.ENDLESS)).isEqualTo(200);
        assertThat(post(post -> HookReceiver.status(201))).isEqualTo(201);
    }

    @Test
    void anythingButA2xxIsARefusalAndSentOnce() {
        for (int status : new int[] {301, 308, 401, 407, 429, 503}) {
            int before = receiver.posts().size();
            assertThatThrownBy(() -> post(post -> HookReceiver.status(status, "Location: " + receiver.url("/"), "Retry-After: 0",
                    "WWW-Authenticate: Basic realm=x"))).isInstanceOf(RefusedNoticeException.class).hasMessage("it answered " + status);
            assertThat(receiver.posts()).hasSize(before + 1);
        }
    }

    @Test
    void silenceIsCutOff() throws IOException {
        openImpatiently();

        assertThatThrownBy(() -> post(post -> HookReceiver.SILENCE)).isInstanceOf(IOException.class);
    }

    /** Each byte comes in time, and the last never. */
    @Test
    void anAnswerThatDripsIsCutOff() throws IOException {
        openImpatiently();

        assertThatThrownBy(() -> post(post -> HookReceiver.DRIP)).isInstanceOf(IOException.class);
    }

    @Test
    void aConnectionIsNotUsedAgain() throws IOException {
        post(post -> HookReceiver.OK);
        post(post -> HookReceiver.OK);

        assertThat(receiver.connections()).isEqualTo(2);
    }

    @Test
    void nothingGoesOutOnceItIsClosed() {
        notices.close();

        assertThatThrownBy(() -> post(post -> HookReceiver.OK)).isInstanceOf(Exception.class);
        assertThat(receiver.posts()).isEmpty();
    }

    private int post(Function<HookReceiver.Post, String> answers) throws IOException {
        receiver.answers(answers);
        HttpPost request = new HttpPost(receiver.url("/"));
        request.setEntity(new StringEntity("{}"));
        return client.execute(request, response -> response.getCode());
    }
}
