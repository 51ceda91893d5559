package org.dropfolder.ideogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiClientTest {

    private static final String UPLOAD = "/datasets/d1/upload_assets";

    private final TestServer server = new TestServer();
    private final Caller caller = new Caller();

    @AfterEach
    void stop() throws IOException {
        caller.close();
        server.close();
    }

    @Test
    void sendsTheKeyAndOurName() throws Exception {
        server.answer(200, "yes");

        assertThat(caller.get(server.uri("/datasets"))).isEqualTo("yes");

        assertThat(server.received().get("Api-Key")).containsExactly(Caller.KEY);
        assertThat(server.received().get("User-Agent")).containsExactly("Dropfolder");
        assertThat(server.received()).doesNotContainKeys("Upgrade", "Cookie", "Authorization", "Expect");
    }

    @Test
    void sendsNothingWithoutAKey() throws Exception {
        server.answer(200, "yes");
        try (Caller other = new Caller(() -> {
            throw new IllegalStateException("no such file");
        }, 1, Duration.ofSeconds(5))) {
            assertThatExceptionOfType(NotSentException.class)
                    .isThrownBy(() -> other.post(server.uri("/datasets"), Caller.NEW_DATASET))
                    .withMessage("The key could not be read (no such file)");
            assertThat(other.gate.inFlight()).isZero();
        }
        assertThat(server.requests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 413, 500})
    void whoWatchesAnUploadLearnsHowMuchWasSentAndThatItEnded(int status) throws Exception {
        server.answer(status, "{}");
        List<String> told = new ArrayList<>();

        String answer = upload(new byte[300_000], told);

        assertThat(answer).isEqualTo(status == 200 ? "{}" : "refused");
        assertThat(told).startsWith("0", "131072", "262144", "300000").endsWith("ended").filteredOn("ended"::equals).hasSize(1);
    }

    @Test
    void whoWatchesAnUploadThatNeverWasSentLearnsThatItEnded() throws Exception {
        List<String> told = new ArrayList<>();
        server.close();

        assertThat(upload(new byte[3], told)).isEqualTo("refused");

        assertThat(told).containsExactly("ended");
    }

    private String upload(byte[] image, List<String> told) {
        try {
            return caller.post(server.uri(UPLOAD), ZipUpload.entity("files", List.of(ZipFiles.part("a.jpg", image)), new ZipUpload.Progress() {
                @Override
                public void sent(long bytes) {
                    told.add(Long.toString(bytes));
                }

                @Override
                public void ended() {
                    told.add("ended");
                }
            }));
        } catch (IOException refused) {
            return "refused";
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 304, 307, 400, 402, 403, 404, 409, 413, 422, 429, 500, 502, 503, 504})
    void makesAnExceptionOfEveryOtherStatusAndAsksOnlyOnce(int status) throws Exception {
        server.answer(status, status == 304 ? "" : "{\"message\": \"sorry\"}", "WWW-Authenticate", "Basic realm=\"x\"");

        for (int attempt = 1; attempt <= 2; attempt++) {
            assertThatExceptionOfType(ApiException.class).isThrownBy(() -> caller.post(server.uri("/datasets"), Caller.NEW_DATASET))
                    .satisfies(refused -> {
                        assertThat(refused.status()).isEqualTo(status);
                        assertThat(refused.detail()).isEqualTo(status == 304 ? "" : "sorry");
                        assertThat(refused.retryAfter()).isEmpty();
                    });
            assertThat(server.requests()).isEqualTo(attempt);
        }
        assertThat(caller.gate.inFlight()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) throws Exception {
        server.answer(status, "", "Location", "/elsewhere");

        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> caller.get(server.uri("/datasets")))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(status));

        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void bearsAnHtmlPage() throws Exception {
        server.answer(502, "<html><head><title>502</title></head><body><h1>Bad Gateway</h1>nginx</body></html>");

        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> caller.get(server.uri("/datasets")))
                .withMessage("Ideogram answered 502: Bad Gateway nginx");
    }

    @ParameterizedTest
    @CsvSource({"429, 300", "429, date", "503, 300"})
    void keepsEverybodyBackForAsLongAsTheApiAsks(int status, String retryAfter) throws Exception {
        Instant inFiveMinutes = Instant.now().plusSeconds(300);
        server.answer(status, "", "Retry-After", retryAfter.equals("date") ? httpDate(inFiveMinutes) : retryAfter);

        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> caller.get(server.uri("/datasets")))
                .satisfies(refused -> assertThat(refused.retryAfter().orElseThrow())
                        .isBetween(Duration.ofSeconds(250), Duration.ofSeconds(300)));
        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> caller.upload(server.uri(UPLOAD)))
                .satisfies(refused -> {
                    assertThat(refused.status()).isEqualTo(429);
                    assertThat(refused.retryAfter().orElseThrow())
                            .isBetween(Duration.ofSeconds(200), Duration.ofSeconds(300));
                });

        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void showsTheKeyToNobody() throws Exception {
        server.answer(401, "{\"message\": \"" + "x".repeat(190) + " the key " + Caller.KEY + " is wrong\"}");

        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> caller.get(server.uri("/datasets")))
                .satisfies(refused -> assertThat(trace(refused)).doesNotContain(Caller.KEY.substring(0, 6)));
    }

    @Test
    void showsTheKeyInNoPrintedHeader() throws Exception {
        server.answer(200, "yes");
        AtomicReference<String> printed = new AtomicReference<>();
        HttpClientBuilder builder = HttpClientBuilder.create();
        caller.api.configure(builder);
        builder.addRequestInterceptorLast(
                (request, body, context) -> printed.set(Arrays.toString(request.getHeaders())));

        try (CloseableHttpClient client = builder.build()) {
            client.execute(new HttpGet(server.uri("/datasets")), response -> response.getCode());
        }

        assertThat(printed.get()).contains("Api-Key: ***").doesNotContain(Caller.KEY);
        assertThat(server.received().get("Api-Key")).containsExactly(Caller.KEY);
    }

    @Test
    void streamsAnUploadWithItsExactLength() throws Exception {
        CompletableFuture<Long> length = new CompletableFuture<>();
        server.handle(
                exchange -> length.complete(exchange.getRequestBody().transferTo(OutputStream.nullOutputStream())),
                200, "yes");
        byte[] image = ZipFiles.noise(5_000_000, 1);
        AtomicReference<Long> told = new AtomicReference<>();

        caller.post(server.uri(UPLOAD), ZipUpload.entity("files", List.of(ZipFiles.part("a.jpg", image)), told::set));

        assertThat(server.received().get("Content-Length")).containsExactly(String.valueOf(length.join()));
        assertThat(server.received().get("Content-Type")).singleElement().asString()
                .startsWith("multipart/form-data; boundary=");
        assertThat(server.received()).doesNotContainKey("Transfer-Encoding");
        assertThat(told).hasValue(5_000_000L);
    }

    private static String httpDate(Instant time) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atZone(ZoneOffset.UTC));
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
