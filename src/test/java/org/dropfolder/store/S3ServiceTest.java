package org.dropfolder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** What a service may have against a request, and what it is told. */
class S3ServiceTest {
    private static final S3Place INBOX = S3Place.of("s3://photos/inbox");
    private static final S3Place DATA = S3Place.of("s3://photos/dropfolder");
    private static final String SOURCE = "cats/tom.jpg";
    private static final String TARGET = "pending/cats/1-tom.jpg";

    private S3Server server;
    private S3Store store;

    @BeforeEach
    void start() {
        server = new S3Server("photos");
        store = over(server.client(), S3Encryption.BY_DEFAULT);
        server.put("photos", INBOX.key(SOURCE), "meow");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static S3Store over(S3Client client, S3Encryption encryption) {
        return new S3Store(client, INBOX, DATA, encryption, Effects.UNDISTURBED);
    }

    @Test
    void isWellAndLeavesNothingBehindButItsOwnWork() {
        assertThat(store.inboxTrouble()).isEmpty();
        assertThat(store.dataTrouble()).isEmpty();
        assertThat(server.keys("photos", "")).containsExactly(INBOX.key(SOURCE));
    }

    @ParameterizedTest
    @CsvSource({
        "LIST,   403, AccessDenied,      access is denied to list it,          access is denied to list it",
        "LOOK,   403, AccessDenied,      access is denied to read from it,     access is denied to read from it",
        "DELETE, 403, AccessDenied,      access is denied to delete from it,   access is denied to delete from it",
        "COPY,   403, AccessDenied,      '',                                   access is denied to copy in it",
        "WRITE,  403, AccessDenied,      '',                                   access is denied to write to it",
        "LIST,   400, ExpiredToken,      the credentials have expired,         the credentials have expired",
        "LIST,   403, InvalidAccessKeyId, the credentials are not accepted,    the credentials are not accepted",
        "LIST,   503, SlowDown,          the service asks to slow down,        the service asks to slow down",
        "LIST,   403, RequestTimeTooSkewed, this machine's clock is wrong,     this machine's clock is wrong",
        "WRITE,  403, QuotaExceeded,     '',                                   its quota is used up",
        "WRITE,  400, KMS.NotFoundException, '',                               the key of the encryption can't be used",
        "LIST,   301, PermanentRedirect, the bucket is in another region,      the bucket is in another region"})
    void tellsWhatStandsInTheWayAndThatItEnded(S3Server.Operation operation, int status, String code, String inbox, String data) {
        server.refuse(operation, status, code);
        assertThat(words(store.inboxTrouble())).isEqualTo(inbox);
        assertThat(words(store.dataTrouble())).isEqualTo(data);
        server.heal();
        assertThat(store.inboxTrouble()).isEmpty();
        assertThat(store.dataTrouble()).isEmpty();
        assertThat(server.keys("photos", DATA.prefix())).isEmpty();
    }

    @Test
    void findsOutAtTheNextLookWhatAFailureCameFrom() throws IOException {
        store.inboxTrouble();
        store.dataTrouble();
        server.refuse(S3Server.Operation.DELETE, 403, "AccessDenied");
        assertThatIOException().isThrownBy(() -> store.take(SOURCE, TARGET))
            .withMessageStartingWith("Could not delete s3://photos/inbox/cats/tom.jpg: access is denied (AccessDenied, HTTP 403).");
        assertThat(words(store.inboxTrouble())).isEqualTo("access is denied to delete from it");
        server.heal();
        assertThat(store.inboxTrouble()).isEmpty();
        store.take(SOURCE, TARGET);
        assertThat(server.keys("photos", "")).containsExactly(DATA.key(TARGET));
    }

    @Test
    void losesNothingWhileTheServiceRefuses() {
        for (S3Server.Operation operation : List.of(S3Server.Operation.LOOK, S3Server.Operation.COPY)) {
            server.refuse(operation, 503, "SlowDown");
            assertThatIOException().isThrownBy(() -> store.take(SOURCE, TARGET)).withMessageContaining("slow down");
            server.heal();
            assertThat(server.keys("photos", "")).containsExactly(INBOX.key(SOURCE));
        }
    }

    @Test
    void takesABucketThatIsNotThereForATroubleAndForNothingElse() {
        S3Store nowhere = new S3Store(server.client(), S3Place.of("s3://missing/inbox"), S3Place.of("s3://missing/data"),
            S3Encryption.BY_DEFAULT, Effects.UNDISTURBED);
        assertThat(words(nowhere.inboxTrouble())).isEqualTo("the bucket is not there");
        assertThat(words(nowhere.dataTrouble())).isEqualTo("the bucket is not there");
        for (Work work : List.<Work>of(() -> nowhere.look(SOURCE), () -> nowhere.lookTarget(TARGET), () -> nowhere.openSource(SOURCE),
                () -> nowhere.exists(TARGET), () -> nowhere.take(SOURCE, TARGET), () -> nowhere.inboxHolds("cats", Instant.EPOCH),
                () -> nowhere.explanation(TARGET))) {
            assertThatIOException().isThrownBy(work::make).withMessageContaining("the bucket is not there")
                .isNotInstanceOf(NoSuchFileException.class);
        }
    }

    /** What is written down in the ledger at that moment has happened, and must not be undone by it. */
    @Test
    void namesATargetThoughItCantBeAskedWhetherItIsFree() {
        server.refuse(S3Server.Operation.LOOK, 503, "SlowDown");
        assertThat(store.doneFor("cats", 1, "tom.jpg")).isEqualTo("done/cats/1-tom.jpg");
    }

    private interface Work {
        void make() throws IOException;
    }

    @Test
    void saysThatAServiceCannotBeReached() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        S3Access access = new S3Access(Optional.empty(), Optional.of(URI.create("http://127.0.0.1:" + port)), true,
            Optional.of(S3Server.KEYS));
        try (S3Client client = access.client()) {
            assertThat(words(over(client, S3Encryption.BY_DEFAULT).inboxTrouble())).isEqualTo("the service can't be reached");
        }
    }

    @Test
    void saysThatTheCredentialsAreWrong() {
        S3Access access = new S3Access(Optional.empty(), Optional.of(server.endpoint()), true,
            Optional.of(new S3Access.Keys("nobody", "secret-of-nobody")));
        try (S3Client client = access.client()) {
            S3Store stranger = over(client, S3Encryption.BY_DEFAULT);
            assertThat(words(stranger.inboxTrouble())).isEqualTo("the credentials are not accepted");
            assertThatIOException().isThrownBy(() -> stranger.openSource(SOURCE)).withMessageNotContaining("secret-of-nobody");
        }
    }

    @Test
    void letsTheServiceEncryptAllThatIsWritten() throws IOException {
        S3Store encrypting = over(server.client(), new S3Encryption(Optional.of("aws:kms"), Optional.of("key-7")));
        int before = server.requests().size();
        for (Work work : List.<Work>of(() -> encrypting.take(SOURCE, TARGET), () -> encrypting.explain("rejected/cats/tom.jpg", "why"),
                () -> encrypting.stage(1, 1, bytes -> bytes.write(new byte[9 << 20])))) {
            try {
                work.make();
            } catch (IOException e) {
                assertThat(e).as("this server has no such keys, and says so where it looks").isInstanceOf(S3FaultException.class);
            }
        }
        List<SdkHttpRequest> writing = server.requests().subList(before, server.requests().size()).stream()
            .filter(sent -> sent.method() == SdkHttpMethod.PUT && sent.firstMatchingRawQueryParameter("uploadId").isEmpty()
                || sent.method() == SdkHttpMethod.POST && sent.rawQueryParameters().containsKey("uploads")).toList();
        assertThat(writing).hasSizeGreaterThanOrEqualTo(3).allSatisfy(sent -> {
            assertThat(sent.firstMatchingHeader("x-amz-server-side-encryption")).contains("aws:kms");
            assertThat(sent.firstMatchingHeader("x-amz-server-side-encryption-aws-kms-key-id")).contains("key-7");
        });
        server.put("photos", INBOX.key(SOURCE), "meow");
        S3Store simple = over(server.client(), new S3Encryption(Optional.of("AES256"), Optional.empty()));
        simple.take(SOURCE, "pending/cats/2-tom.jpg");
        assertThat(simple.dataTrouble()).isEmpty();
    }

    @Test
    void keepsAllVersionsOfABucketThatKeepsThem() throws IOException {
        server.client().putBucketVersioning(request -> request.bucket("photos")
            .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        server.put("photos", INBOX.key(SOURCE), "purr");
        store.take(SOURCE, TARGET);
        assertThat(store.look(SOURCE)).as("it is marked as deleted").isEmpty();
        store.take(SOURCE, TARGET);
        assertThat(server.get("photos", DATA.key(TARGET))).asString().isEqualTo("purr");
        server.put("photos", INBOX.key(SOURCE), "purr");
        assertThatIOException().isThrownBy(() -> store.take(SOURCE, TARGET)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void goesThroughThousandsOfObjectsAPageAtATime() throws IOException {
        server.fill("photos", DATA.key("done/cats") + "/", 5_000);
        server.fill("photos", DATA.key("done/dogs") + "/", 1);
        int before = server.requests().size();
        List<Integer> pages = new ArrayList<>();
        store.list(Shelf.DONE, page -> {
            assertThat(page).extracting(Shelved::dataset).containsOnly(page.get(0).dataset());
            pages.add(page.size());
        });
        assertThat(pages).hasSize(11).containsOnly(500, 1);
        assertThat(server.requests().size() - before).isEqualTo(6);
        server.fill("photos", INBOX.key("cats") + "/", 3_000);
        before = server.requests().size();
        assertThat(store.inboxHolds("cats", Instant.EPOCH)).isTrue();
        assertThat(server.requests().size() - before).as("it stops at the first").isEqualTo(1);
    }

    @Test
    void tellsWhatRestsOnAShelfTheEarliestFirst() throws IOException {
        for (String target : List.of("done/cats/10-photo.jpg", "done/cats/9-2-photo.jpg", "done/cats/9.2-17-photo.jpg",
                "done/cats/by hand.jpg", "done/cats/sub/1-photo.jpg", "done/cats/Thumbs.db", "done/.trash/1-photo.jpg", "done/loose.jpg",
                "rejected/cats/3-photo.jpg", "rejected/_inbox/loose.jpg", "rejected/_inbox/loose.jpg.reason.txt")) {
            server.put("photos", DATA.key(target), target);
        }
        server.put("photos", DATA.prefix() + "done/cats/", "");
        assertThat(all(Shelf.DONE)).extracting(Shelved::name).containsExactly("2-photo.jpg", "17-photo.jpg", "photo.jpg", "by hand.jpg");
        assertThat(all(Shelf.REJECTED)).extracting(each -> each.dataset() + ":" + each.name())
            .containsExactlyInAnyOrder("cats:3-photo.jpg", ":loose.jpg");
        Dropped first = all(Shelf.DONE).get(0).file();
        assertThat(store.lookTarget(first.source())).contains(first);
        assertThat(all(Shelf.PENDING)).isEmpty();
    }

    private List<Shelved> all(Shelf shelf) throws IOException {
        List<Shelved> all = new ArrayList<>();
        store.list(shelf, all::addAll);
        return all;
    }

    /** Without what to do. */
    private static String words(Optional<String> trouble) {
        return trouble.map(why -> why.substring(0, why.indexOf(". "))).orElse("");
    }
}
