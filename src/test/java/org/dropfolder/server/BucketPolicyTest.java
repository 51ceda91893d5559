package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dropfolder.server.Finding.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The policy that the README gives suffices, and nothing in it could be left out: the service denies all else. */
class BucketPolicyTest extends BucketFixture {
    private static final Pattern JSON = Pattern.compile("(?ms)^ *```json\\n(.*?)^ *```$");
    private BucketPolicy policy;

    @BeforeEach
    void readThePolicy() throws IOException {
        Matcher block = JSON.matcher(Files.readString(Path.of("README.md")));
        assertThat(block.find()).isTrue();
        policy = new BucketPolicy(block.group(1));
    }

    @Test
    void letsTheWholeWayPass() throws IOException {
        enforce(policy);
        StartChecks.check(settings());
        begin();
        s3.put(BUCKET, "inbox/garden/", "");
        s3.put(BUCKET, "inbox/garden/picture 3.txt", "a red circle");
        s3.put(BUCKET, "inbox/garden/notes.doc", "no picture");
        drop("garden", 1, 13);
        s3.put(BUCKET, "inbox/garden/more.zip", zip(14, 15));
        isTrained("garden", 15);
        isReady();
        assertThat(count("inbox/")).isZero();
        assertThat(s3.keys(BUCKET, "dropfolder/rejected/garden/")).hasSize(2);
        await().atMost(MINUTE).until(() -> s3.keys(BUCKET, "inbox/").contains("inbox/garden/_status.txt"));
        assertThat(s3.asked()).noneMatch(policy::denies);
        assertThat(wrong()).isEmpty();
    }

    @Test
    void letsTheDoctorNameEachActionThatIsMissing() {
        assertThat(policy.actions()).isNotEmpty().allSatisfy(action -> {
            s3.heal();
            enforce(policy.without(action));
            assertThat(wrong()).isNotEmpty().allSatisfy(finding -> assertThat(finding.words()).contains(action));
        });
        s3.heal();
        assertThat(wrong()).isEmpty();
        assertThat(s3.keys(BUCKET, "")).filteredOn(key -> !key.contains(".dropfolder-trial")).isEmpty();
    }

    private void enforce(BucketPolicy allowed) {
        s3.refuse(allowed::denies, 403, "AccessDenied", "Access Denied");
    }

    private List<Finding> wrong() {
        List<Finding> findings = new ArrayList<>();
        new Doctor(settings(), Path.of(""), Clock.systemUTC()).examine(findings::add);
        return findings.stream().filter(finding -> finding.verdict() == Verdict.WRONG && !finding.subject().equals("port")).toList();
    }

    private static byte[] zip(int... pictures) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int each : pictures) {
                zip.putNextEntry(new ZipEntry("picture " + each + ".png"));
                zip.write(Pictures.png(each));
            }
        }
        return bytes.toByteArray();
    }
}
