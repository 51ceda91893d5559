package org.dropfolder.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.dropfolder.store.S3Server.Asked;
import org.dropfolder.store.S3Server.Operation;
import org.dropfolder.store.S3Tried.Deed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often a bucket is looked at, what is tried there, and what is said of it. */
class S3SoundnessTest {
    private static final S3Place INBOX = S3Place.of("s3://photos/inbox");
    private static final S3Place DATA = S3Place.of("s3://photos/dropfolder");

    private final AtomicLong nanos = new AtomicLong();
    private S3Server server;
    private S3Trials trials;
    private S3Soundness soundness;

    @BeforeEach
    void start() {
        server = new S3Server("photos");
        trials = new S3Trials(server.client(), INBOX, DATA, S3Encryption.BY_DEFAULT);
        soundness = new S3Soundness(trials, nanos::get);
        assertThat(soundness.ofInbox()).isEmpty();
        assertThat(soundness.ofData()).isEmpty();
        server.forget();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void takesAListingOfTheIntakeForItsOwnLookAtTheInbox() {
        for (int looks = 0; looks < 10; looks++) {
            pass(S3Soundness.JUST_NOW.minusSeconds(1));
            soundness.inboxListed();
            assertThat(soundness.ofInbox()).isEmpty();
        }
        assertThat(server.asked()).isEmpty();

        pass(S3Soundness.JUST_NOW);
        assertThat(soundness.ofInbox()).isEmpty();
        assertThat(server.asked()).containsExactly(asked(Operation.LIST, INBOX.prefix()));
    }

    @Test
    void looksAtTheDataSeldomWhileNothingFails() {
        pass(S3Soundness.SELDOM.minusSeconds(1));
        assertThat(soundness.ofData()).isEmpty();
        assertThat(server.asked()).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(soundness.ofData()).isEmpty();
        assertThat(server.asked()).containsExactly(asked(Operation.LIST, DATA.prefix()));
    }

    @Test
    void looksAtOnceAndThoroughlyAfterAFailure() {
        server.refuse(Operation.DELETE, 403, "AccessDenied");
        soundness.inboxListed();
        assertThat(soundness.ofInbox()).as("nobody met it yet").isEmpty();
        soundness.suspect();
        soundness.inboxListed();
        assertThat(soundness.ofInbox()).contains("access is denied to delete from it. Let the policy of this server's credentials allow"
            + " s3:DeleteObject there.");
        assertThat(soundness.ofData()).isPresent();
        server.heal();
        assertThat(soundness.ofInbox()).as("until it is mended").isEmpty();
        assertThat(soundness.ofData()).isEmpty();
        assertThat(server.keys("photos", "")).isEmpty();
    }

    @Test
    void triesAllThatIsDoneAndLeavesNothingBehind() {
        List<S3Tried> all = trials.all(true);
        assertThat(all).noneMatch(S3Tried::failed);
        assertThat(all).filteredOn(tried -> tried.place().equals(INBOX)).extracting(S3Tried::deed)
            .containsExactly(Deed.LIST, Deed.WRITE, Deed.READ, Deed.DELETE);
        assertThat(all).filteredOn(tried -> tried.place().equals(DATA)).extracting(S3Tried::deed)
            .containsExactly(Deed.LIST, Deed.WRITE, Deed.READ, Deed.COPY, Deed.ABORT, Deed.DELETE);
        assertThat(server.keys("photos", "")).isEmpty();
        assertThat(server.client().listMultipartUploads(request -> request.bucket("photos")).uploads()).isEmpty();
    }

    @Test
    void writesNothingToAnInboxThatGetsNoWords() {
        assertThat(trials.all(false)).noneMatch(S3Tried::failed);
        assertThat(server.asked()).noneMatch(asked -> asked.operation() == Operation.WRITE && asked.key().startsWith(INBOX.prefix()));
    }

    @ParameterizedTest
    @CsvSource({
        "LIST,   dropfolder/, LIST,   s3:ListBucket on arn:aws:s3:::photos where s3:prefix is dropfolder/*",
        "READ,   dropfolder/, READ,   s3:GetObject on arn:aws:s3:::photos/dropfolder/*",
        "WRITE,  dropfolder/, WRITE,  s3:PutObject on arn:aws:s3:::photos/dropfolder/*",
        "COPY,   dropfolder/, COPY,   s3:GetObject and s3:PutObject on arn:aws:s3:::photos/dropfolder/*",
        "DELETE, dropfolder/, DELETE, s3:DeleteObject on arn:aws:s3:::photos/dropfolder/*",
        "ABORT_PARTS, dropfolder/, ABORT, s3:AbortMultipartUpload on arn:aws:s3:::photos/dropfolder/*",
        "LIST,   inbox/,      LIST,   s3:ListBucket on arn:aws:s3:::photos where s3:prefix is inbox/*",
        "READ,   inbox/,      READ,   s3:GetObject on arn:aws:s3:::photos/inbox/*",
        "WRITE,  inbox/,      WRITE,  s3:PutObject on arn:aws:s3:::photos/inbox/*",
        "DELETE, inbox/,      DELETE, s3:DeleteObject on arn:aws:s3:::photos/inbox/*"})
    void namesTheActionThatAPolicyLacksAndStillTriesTheRest(Operation refused, String below, Deed deed, String lacking) {
        server.refuse(asked -> asked.operation() == refused && asked.key().startsWith(below), 403, "AccessDenied", "Access Denied");
        List<S3Tried> wrong = trials.all(true).stream().filter(S3Tried::failed).toList();
        assertThat(wrong).extracting(S3Tried::deed).containsExactly(deed);
        assertThat(wrong.get(0).place().prefix()).isEqualTo(below);
        assertThat(wrong.get(0).whyNotInFull()).isEqualTo("access is denied to " + deed.words + " (AccessDenied, HTTP 403)."
            + " Let the policy of this server's credentials allow " + lacking);
        assertThat(wrong.get(0).whyNot()).doesNotContain("photos", "inbox", "dropfolder/");
    }

    @Test
    void believesAServiceThatNamesTheActionItself() {
        server.refuse(asked -> asked.operation() == Operation.WRITE, 403, "AccessDenied", "User: arn:aws:iam::1:user/d is not authorized to"
            + " perform: kms:GenerateDataKey on resource: arn:aws:kms:eu-central-1:1:key/7 because no identity-based policy allows it");
        S3Tried wrong = trials.all(false).stream().filter(S3Tried::failed).findFirst().orElseThrow();
        assertThat(wrong.whyNotInFull()).endsWith("allow kms:GenerateDataKey on the key that the bucket encrypts with");
        assertThat(wrong.whyNot()).contains("kms:GenerateDataKey").doesNotContain("arn:");
    }

    @Test
    void saysInWhichRegionABucketIs() {
        server.refuse(asked -> true, 400, "AuthorizationHeaderMalformed",
            "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-central-1'");
        List<S3Tried> all = trials.all(true);
        assertThat(all).singleElement().satisfies(tried -> {
            assertThat(tried.concernsAll()).isTrue();
            assertThat(tried.whyNot()).isEqualTo("the bucket is in another region. Set dropfolder.s3.region to eu-central-1.");
        });
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static Asked asked(Operation operation, String key) {
        return new Asked(operation, "photos", key, key);
    }
}
