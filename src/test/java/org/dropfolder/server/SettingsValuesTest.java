package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.dropfolder.folder.Start;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every key may be, and what it may not be. */
class SettingsValuesTest {

    static Stream<Arguments> good() {
        return table("""
                ideogram.url              https://api.ideogram.ai | HTTPS://api.example.com:8443/v2 | http://127.0.0.1:8080 \
                                        | http://127.255.0.3 | http://[::1]:1 | http://localhost | http://LOCALHOST:65535
                ideogram.api-key          k | abc-DEF_0123.~+/= | {{env:NOBODY_SET_THIS}}
                ideogram.api-key-file     EMPTY | key | /run/secrets/ideogram key
                ideogram.in-flight        3 | 10 | 08
                ideogram.timeout          100ms | 2m | 1h
                ideogram.upload-field     files | files[]
                dropfolder.inbox          inbox | /mnt/a share/in | ../in | . | s3://bucket/prefix | s3://bucket/prefix/deeper/
                dropfolder.data           data | /var/lib/dropfolder/
                dropfolder.ledger         jdbc:sqlite:x.db | jdbc:sqlite:/a/b.db
                dropfolder.s3.region      us-east-1 | auto
                dropfolder.s3.endpoint    EMPTY | https://s3.example.com | http://minio:9000/ | http://127.0.0.1:1
                dropfolder.s3.path-style  true | false
                dropfolder.s3.access-key  EMPTY | AKIA123 | {{env:NOBODY_SET_THIS}}
                dropfolder.s3.secret-key  EMPTY | abc/DEF+123= | {{env:NOBODY_SET_THIS}}
                dropfolder.s3.scan        10ms | 10s | 1h
                dropfolder.s3.store       EMPTY | s3://bucket/dropfolder | s3://another-bucket
                dropfolder.s3.encryption  EMPTY | AES256 | aws:kms | aws:kms:dsse
                dropfolder.s3.kms-key     EMPTY | alias/photos | arn:aws:kms:eu-central-1:123456789012:key/0a1b-2c
                dropfolder.scan           10ms | 1h
                dropfolder.settle         10ms | 3600s
                dropfolder.unfinished     10ms | 24h
                dropfolder.inbox.report   on | off
                dropfolder.folder-settings on | off
                dropfolder.dataset.default  EMPTY | photos | Café 2 | {{env:NOBODY_SET_THIS}}
                dropfolder.dataset.overflow aside | next
                dropfolder.batch.wait     10ms | 24h
                dropfolder.batch.images   1 | 100
                dropfolder.batch.size     1KB | 4GB | 4096MB
                dropfolder.image.size     1KB | 100MB
                dropfolder.image.convert  on | off
                dropfolder.caption.wait   10ms | 24h
                dropfolder.caption.describe on | off
                dropfolder.caption.budget 1 | 10000
                dropfolder.preflight      on | off
                dropfolder.training.images  15 | 100
                dropfolder.training.wait  10ms | 168h
                dropfolder.training.start auto | careful | approve
                dropfolder.training.daily 0 | 1000
                dropfolder.training.price 0 | 40 | 39.9 | 999999.99
                dropfolder.training.retrain off
                dropfolder.training.name  {dataset} | {dataset} v{run} | my-model
                dropfolder.sample.prompt  EMPTY | a rose in the style of the model | Ein süßes "Kätzchen", 100 % | {{env:NOBODY_SET_THIS}}
                dropfolder.sample.speed   FLASH | TURBO | DEFAULT | QUALITY
                dropfolder.upload.doubt   10ms | 24h
                dropfolder.training.doubt 10ms | 168h | off
                dropfolder.sweep          10ms | 1h
                dropfolder.poll.delay     10ms | 1h
                dropfolder.poll.timeout   100ms | 720h
                dropfolder.notify.url     EMPTY | {{env:NOBODY_SET_THIS}}
                dropfolder.notify.secret  EMPTY | whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw | {{env:NOBODY_SET_THIS}}
                dropfolder.http.host      127.0.0.1 | 0.0.0.0 | :: | my-host.example.com | fe80::1%eth0
                dropfolder.http.port      0 | 8080 | 65535
                dropfolder.http.token     EMPTY | abcDEF-0123._~+/= | {{env:NOBODY_SET_THIS}}
                dropfolder.http.names     EMPTY | photos.example.com | photos.example.com, studio.local,10.0.0.7
                dropfolder.log            story | json
                """);
    }

    static Stream<Arguments> bad() {
        return table("""
                ideogram.url              EMPTY | api.ideogram.ai | http://api.ideogram.ai | http://127.0.0.1.evil.com | ftp://localhost \
                                        | http://127.0.0.1@evil.com | https://user:pw@api.ideogram.ai | https://a/?q=1 | https://a/#f \
                                        | https:// | https://a b | http://127.0.0.256 | http://127.1 | https://a:70000 | http://localhost:0
                ideogram.api-key          two words | schlüssel
                ideogram.api-key-file     https://example.com/key | file:///key
                ideogram.in-flight        EMPTY | 2 | 11 | 8.5 | eight | -8 | 99999999999
                ideogram.timeout          EMPTY | 0s | 99ms | 61m | 2 | 2 m | 2M | -2m | 1d | 1h30m | 9999999999999999h
                ideogram.upload-field     EMPTY | a b | a"b
                dropfolder.inbox          EMPTY | s3:// | s3://a/../b | s3:bucket | S3://bucket | file:///in
                dropfolder.data           EMPTY | s3://bucket/prefix
                dropfolder.ledger         EMPTY | jdbc:sqlite: | jdbc:sqlite::memory: | jdbc:sqlite:?x=y | jdbc:postgresql://h/d | ledger.db
                dropfolder.s3.region      EMPTY | Frankfurt | eu_central_1
                dropfolder.s3.endpoint    s3.example.com | ftp://s3.example.com | http://user:pw@minio:9000 | https://a/?q=1
                dropfolder.s3.path-style  EMPTY | on | TRUE
                dropfolder.s3.access-key  two words | schlüssel
                dropfolder.s3.secret-key  two words | schlüssel
                dropfolder.s3.scan        EMPTY | 9ms | 61m
                dropfolder.s3.store       dropfolder | s3:// | s3://bucket/a//b
                dropfolder.s3.encryption  aes256 | kms | on
                dropfolder.s3.kms-key     a key | schlüssel
                dropfolder.scan           EMPTY | 0ms | 9ms | 61m
                dropfolder.settle         EMPTY | 9ms | 2h
                dropfolder.unfinished     EMPTY | 9ms | 25h
                dropfolder.inbox.report   EMPTY | ON | yes
                dropfolder.folder-settings EMPTY | ON | true
                dropfolder.dataset.default  a/b | .hidden | ~x | a\\b
                dropfolder.dataset.overflow EMPTY | NEXT | off
                dropfolder.batch.wait     EMPTY | 9ms | 25h | 5x | soon
                dropfolder.batch.images   EMPTY | 0 | 101
                dropfolder.batch.size     EMPTY | 0MB | 5GB | 100 | 100B | 100mb | 1TB | 1.5MB | 99999999999GB
                dropfolder.image.size     EMPTY | 0KB | 101MB
                dropfolder.image.convert  EMPTY | true | png
                dropfolder.caption.wait   EMPTY | 0s | 25h
                dropfolder.caption.describe EMPTY | ON | V_3
                dropfolder.caption.budget EMPTY | 0 | 10001 | off
                dropfolder.preflight      EMPTY | true | auto
                dropfolder.training.images  EMPTY | 14 | 101
                dropfolder.training.wait  EMPTY | 0s | 169h
                dropfolder.training.start EMPTY | AUTO | manual
                dropfolder.training.daily EMPTY | -1 | 1001
                dropfolder.training.price EMPTY | -1 | 40.123 | 40,00 | 1e9 | $40
                dropfolder.training.retrain EMPTY | 0 | 86 | OFF | 1.5
                dropfolder.training.name  EMPTY | {data} | {dataset}_v{run} | {dataset | a/b
                dropfolder.sample.prompt  TOO_LONG
                dropfolder.sample.speed   EMPTY | turbo | FAST
                dropfolder.upload.doubt   EMPTY | 0s | 25h | off
                dropfolder.training.doubt EMPTY | 0s | 169h | OFF | never
                dropfolder.sweep          EMPTY | 0s | 2h
                dropfolder.poll.delay     EMPTY | 0s | 2h
                dropfolder.poll.timeout   EMPTY | 99ms | 721h
                dropfolder.notify.url     hooks.example.com | ftp://hooks.example.com | https://me:pw@hooks.example.com | https://a/#f | https:// \
                                        | https://a b | http://localhost:0
                dropfolder.notify.secret  MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw | whsec_ | whsec_c2hvcnQ= | whsec_schlüssel | whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwA
                dropfolder.http.host      EMPTY | http://127.0.0.1 | a b
                dropfolder.http.port      EMPTY | -1 | 65536 | http
                dropfolder.http.token     two words | schlüssel | a#b | a%20b | a&b
                dropfolder.http.names     https://photos.example.com | a b | a,,b | *
                dropfolder.log            EMPTY | JSON | text
                """.replace("TOO_LONG", "x".repeat(1001)));
    }

    @ParameterizedTest
    @MethodSource("good")
    void takesWhatItMayBe(String key, String value) {
        assertThat(SettingsSample.with(key, value).warnings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refusesTheRestWithALineThatNamesKeyValueAndWhatItMayBe(String key, String value) {
        String shown = key.matches("ideogram.api-key|dropfolder.s3.(access|secret)-key|dropfolder.http.token|dropfolder.notify.(url|secret)") ? "***" : value;

        assertThatThrownBy(() -> SettingsSample.with(key, value))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(key + " from -D is '" + shown + "', but must be ")
                .message().hasLineCount(1);
    }

    @Test
    void bothTablesCoverEveryKey() {
        String[] known = Keys.ALL.stream().<String>map(Key::name).toArray(String[]::new);

        assertThat(good().map(row -> (String) row.get()[0]).distinct()).containsExactly(known);
        assertThat(bad().map(row -> (String) row.get()[0]).distinct()).containsExactly(known);
    }

    @Test
    void retrainingNeedsTheRunInTheName() {
        assertThat(SettingsSample.with("dropfolder.training.retrain", "10", "dropfolder.training.name", "{dataset} v{run}").training().retrain()).contains(10);
        assertThatThrownBy(() -> SettingsSample.with("dropfolder.training.retrain", "10"))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("dropfolder.training.retrain is 10, so dropfolder.training.name must hold {run}");
    }

    @Test
    void aCarefulStartNeedsThePreflight() {
        assertThat(SettingsSample.with("dropfolder.training.start", "careful").training().start()).isEqualTo(Start.CAREFUL);
        assertThatThrownBy(() -> SettingsSample.with("dropfolder.training.start", "careful", "dropfolder.preflight", "off"))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("dropfolder.training.start is careful, so dropfolder.preflight must be on");
    }

    @Test
    void aReceiverOfNoticesNeedsASecretAndIsShownNowhere() {
        String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        String url = "https://hooks.example.com/path-secret?token=query-secret";
        Settings settings = SettingsSample.with("dropfolder.notify.url", url, "dropfolder.notify.secret", secret);

        assertThat(settings.warnings()).isEmpty();
        assertThat(settings.subscriber()).hasValueSatisfying(to -> assertThat(to.address()).hasToString(url));
        assertThat(settings.subscriber().toString() + settings + settings.asProperties()).doesNotContain("path-secret", "query-secret", "MfKQ9");
        assertThatThrownBy(() -> SettingsSample.with("dropfolder.notify.url", url)).isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("dropfolder.notify.url is set, so dropfolder.notify.secret must be, too")
                .message().hasLineCount(1).doesNotContain("secret=", "query-secret");
    }

    @Test
    void aReceiverOfNoticesThatIsNotEncryptedIsNoted() {
        String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

        assertThat(SettingsSample.with("dropfolder.notify.url", "http://127.0.0.1:9/", "dropfolder.notify.secret", secret).warnings()).isEmpty();
        assertThat(SettingsSample.with("dropfolder.notify.url", "http://hooks.example.com", "dropfolder.notify.secret", secret).warnings())
                .singleElement().asString().startsWith("dropfolder.notify.url is plain http");
    }

    @Test
    void aSimulatedRunTellsNobodyBeyondThisMachine() {
        String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        Settings away = SettingsSample.simulated(Map.of("dropfolder.notify.url", "https://hooks.example.com", "dropfolder.notify.secret", secret));

        assertThat(away.subscriber()).isEmpty();
        assertThat(away.warnings()).singleElement().asString().contains("dropfolder.notify.url is not used by a simulated run");
        assertThat(SettingsSample.simulated(Map.of("dropfolder.notify.url", "http://localhost:9", "dropfolder.notify.secret", secret)).subscriber())
                .isPresent();
    }

    @Test
    void countsSizesInPowersOf1024() {
        assertThat(SettingsSample.with("dropfolder.batch.size", "3KB").batch().size()).isEqualTo(3 * 1024);
        assertThat(SettingsSample.with("dropfolder.batch.size", "3MB").batch().size()).isEqualTo(3 * 1024 * 1024);
        assertThat(SettingsSample.with("dropfolder.batch.size", "1GB").batch().size()).isEqualTo(1024 * 1024 * 1024);
    }

    @Test
    void readsEveryUnitOfADuration() {
        assertThat(SettingsSample.with("dropfolder.batch.wait", "300ms").batch().quiet()).isEqualTo(Duration.ofMillis(300));
        assertThat(SettingsSample.with("dropfolder.batch.wait", "5s").batch().quiet()).isEqualTo(Duration.ofSeconds(5));
        assertThat(SettingsSample.with("dropfolder.batch.wait", "2m").batch().quiet()).isEqualTo(Duration.ofMinutes(2));
        assertThat(SettingsSample.with("dropfolder.batch.wait", "24h").batch().quiet()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void saysThatAnotherAddressIsNeitherAFolderNorInABucket() {
        assertThatThrownBy(() -> SettingsSample.with("dropfolder.inbox", "ftp://host/prefix"))
                .hasMessage("dropfolder.inbox from -D is 'ftp://host/prefix', but must be a folder, or a place in a bucket such as s3://bucket/prefix");
    }

    @Test
    void leavesASlashBehindTheAddressAway() {
        Settings settings = SettingsSample.with("ideogram.url", "https://api.example.com/v2/");

        assertThat(settings.ideogram().url()).hasToString("https://api.example.com/v2");
        assertThat(settings.asProperties()).containsEntry("ideogram.url", "https://api.example.com/v2");
    }

    @Test
    void takesBlanksAroundAValueForNothing() {
        assertThat(SettingsSample.with("dropfolder.inbox", " photos ").folders().inbox()).isEqualTo("photos");
    }

    @Test
    void staysOnOneLineWhateverCame() {
        assertThatThrownBy(() -> SettingsSample.with("dropfolder.scan", "1\n2\r3")).message().hasLineCount(1);
    }

    @Test
    void showsTheKeyNowhere() {
        Settings settings = SettingsSample.with("ideogram.api-key", "very-secret");

        assertThat(settings.requireKey().reveal()).isEqualTo("very-secret");
        assertThat(settings.ideogram().apiKey()).hasToString("***");
        assertThat(settings.toString() + settings.ideogram() + settings.asProperties()).doesNotContain("very-secret");
        assertThat(settings.asProperties()).doesNotContainKey("ideogram.api-key");
        assertThatThrownBy(() -> SettingsSample.with("ideogram.api-key", "very secret")).message().doesNotContain("very");
        assertThatThrownBy(() -> SettingsSample.with("ideogram.api-key", "very{{secret")).message().doesNotContain("very");
    }

    @Test
    void loadsWithoutAKeyButSaysHowToSetOneWhenItIsNeeded() {
        Settings settings = Settings.load(SettingsSample.SHIPPED, Map.of(), Map.of());

        assertThat(settings.ideogram().apiKey().isSet()).isFalse();
        assertThatThrownBy(settings::requireKey).isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("ideogram.api-key is not set")
                .hasMessageContaining("export IDEOGRAM_API_KEY=").hasMessageContaining("run --simulate");
    }

    @Test
    void givesEveryOpenKeyToPlaceholdersAsResolvedText() {
        Map<String, String> properties = SettingsSample.with("dropfolder.data", "d").asProperties();

        assertThat(properties.keySet()).filteredOn(key -> !key.startsWith("camel.")).hasSize(Keys.ALL.size() - 6 + 1)
                .contains("dropfolder.inbox.kind");
        assertThat(properties)
                .containsEntry("dropfolder.ledger", "jdbc:sqlite:d/ledger.db").containsEntry("dropfolder.scan", "250ms");
    }

    /** Rows of a key and its values; EMPTY is the empty text. */
    private static Stream<Arguments> table(String rows) {
        return rows.lines().flatMap(row -> {
            String[] keyAndValues = row.split(" +", 2);
            return Arrays.stream(keyAndValues[1].split("\\|"))
                    .map(value -> Arguments.of(keyAndValues[0], value.strip().replace("EMPTY", "")));
        });
    }
}
