package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dropfolder.server.Finding.Verdict;
import org.dropfolder.store.S3Server;
import org.dropfolder.store.S3Server.Operation;
import org.junit.jupiter.api.Test;

/** What the doctor says of a bucket: a line for each thing that is done there, and what the policy lacks. */
class BucketDoctorTest extends BucketFixture {
    private static final List<String> OTHERS = List.of("settings", "routes", "data", "ledger", "port", "ideogram", "key", "clock");

    @Test
    void findsAllWellAndLeavesNothingBehind() throws IOException {
        assertThat(examined()).extracting(Finding::verdict).containsOnly(Verdict.GOOD);
        assertThat(ofBucket()).extracting(finding -> finding.subject() + " " + finding.words()).containsExactly(
            "inbox s3://photos/inbox/ at " + s3.endpoint() + " can be listed",
            "inbox objects can be written there", "inbox objects can be read there", "inbox objects can be deleted there",
            "store s3://photos/dropfolder/ at " + s3.endpoint() + " can be listed",
            "store objects can be written there", "store objects can be read there", "store objects can be copied there",
            "store uploads can be aborted there", "store objects can be deleted there");
        assertThat(s3.keys(BUCKET, "")).isEmpty();
        assertThat(World.files(folder)).isEmpty();
    }

    @Test
    void namesWhatThePolicyLacksAndLooksAtTheRest() {
        s3.refuse(Operation.DELETE, 403, "AccessDenied");
        assertThat(wrong()).extracting(Finding::words).containsExactly(
            "access is denied to delete from it (AccessDenied, HTTP 403). Let the policy of this server's credentials allow s3:DeleteObject on"
                + " arn:aws:s3:::photos/inbox/*",
            "access is denied to delete from it (AccessDenied, HTTP 403). Let the policy of this server's credentials allow s3:DeleteObject on"
                + " arn:aws:s3:::photos/dropfolder/*");
    }

    @Test
    void needsNoWritingInAnInboxThatGetsNoWords() {
        s3.refuse(asked -> asked.operation() == Operation.WRITE && asked.key().startsWith("inbox/"), 403, "AccessDenied", "Access Denied");
        assertThat(wrong()).singleElement().satisfies(finding ->
            assertThat(finding.words()).contains("s3:PutObject on arn:aws:s3:::photos/inbox/*", "dropfolder.inbox.report=off"));
        given.put("dropfolder.inbox.report", "off");
        assertThat(wrong()).isEmpty();
    }

    @Test
    void saysThatTheCredentialsAreWrongOnce() {
        given.put("dropfolder.s3.secret-key", "a-secret-of-another");
        assertThat(wrong()).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo("bucket");
            assertThat(finding.words()).contains("the credentials are not accepted", "the access key and the secret key");
        });
    }

    @Test
    void saysThatTheBucketIsNotThere() {
        given.put("dropfolder.inbox", "s3://no-such-bucket/inbox");
        assertThat(wrong()).singleElement().satisfies(finding ->
            assertThat(finding.words()).contains("s3://no-such-bucket/inbox/ at " + s3.endpoint(), "the bucket is not there"));
    }

    @Test
    void saysThatTheBucketMustStandInThePath() {
        given.put("dropfolder.s3.path-style", "false");
        given.put("dropfolder.s3.endpoint", "http://no-such-host.invalid:9000");
        assertThat(wrong()).singleElement().satisfies(finding ->
            assertThat(finding.words()).contains("the service's host is not found", "dropfolder.s3.path-style=true"));
        assertThat(examined()).anySatisfy(finding -> {
            assertThat(finding.verdict()).isEqualTo(Verdict.NOTE);
            assertThat(finding.words()).contains("Use https");
        });
    }

    @Test
    void saysThatNothingListens() throws IOException {
        given.put("dropfolder.s3.endpoint", "http://127.0.0.1:1");
        assertThat(wrong()).singleElement().satisfies(finding ->
            assertThat(finding.words()).contains("the service can't be reached", "refused", "dropfolder.s3.endpoint"));
    }

    @Test
    void saysInWhichRegionTheBucketIs() {
        s3.refuse(asked -> true, 400, "AuthorizationHeaderMalformed", "The authorization header is malformed; the region 'us-east-1' is wrong;"
            + " expecting 'eu-central-1'");
        assertThat(wrong()).singleElement().satisfies(finding -> assertThat(finding.words()).contains("Set dropfolder.s3.region to eu-central-1"));
    }

    @Test
    void saysThatCredentialsHaveExpired() {
        s3.refuse(asked -> true, 400, "ExpiredToken", "The provided token has expired.");
        assertThat(wrong()).singleElement().satisfies(finding -> assertThat(finding.words()).contains("the credentials have expired", "Renew them"));
    }

    private List<Finding> wrong() {
        return examined().stream().filter(finding -> finding.verdict() == Verdict.WRONG).toList();
    }

    private List<Finding> ofBucket() {
        return examined().stream().filter(finding -> !OTHERS.contains(finding.subject())).toList();
    }

    private List<Finding> examined() {
        Settings settings = Settings.load(SettingsSample.SHIPPED, given, Map.of());
        List<Finding> findings = new ArrayList<>();
        new Doctor(settings, Path.of(""), Clock.systemUTC()).examine(findings::add);
        assertThat(findings.toString() + settings + settings.asProperties()).doesNotContain("the-key", "a-secret-of-another",
            S3Server.KEYS.accessKey(), S3Server.KEYS.secretKey());
        return findings;
    }
}
