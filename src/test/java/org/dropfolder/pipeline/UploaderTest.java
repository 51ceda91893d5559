package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.dropfolder.pipeline.PipelineFixture.LEASE;
import static org.dropfolder.pipeline.PipelineFixture.jpeg;
import static org.dropfolder.pipeline.PipelineFixture.listing;
import static org.dropfolder.pipeline.PipelineFixture.taken;
import static org.dropfolder.pipeline.PipelineFixture.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.dropfolder.ideogram.ContentChangedException;
import org.dropfolder.ideogram.UploadResult.FailedAsset;
import org.dropfolder.ideogram.UploadResult;
import org.dropfolder.image.Reason;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.ledger.Tally;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploaderTest {
    @TempDir
    Path folder;

    private PipelineFixture on;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
    }

    @AfterEach
    void end() {
        on.close();
    }

    @Test
    void isDueWhileSomethingWaitsAndNothingStandsAgainstIt() throws IOException {
        assertThat(due()).as("unknown").isFalse();
        on.caption("cats/tom.txt", "a cat");
        assertThat(due()).as("only a caption").isFalse();
        on.image("cats/tom.jpg", "tom");
        assertThat(due()).isTrue();

        on.ledger.datasets().troubled(on.dataset("cats").id(), "why", on.clock.instant().plusSeconds(1));
        assertThat(due()).as("a pause is on").isFalse();
        on.clock.pass(Duration.ofSeconds(1));
        assertThat(due()).isTrue();

        Claimed claimed = on.send("cats");
        on.image("cats/tim.jpg", "tim");
        assertThat(due()).as("a batch is under way").isFalse();
        on.ledger.batches().inDoubt(claimed.batch(), "no answer");
        assertThat(due()).as("a batch is in doubt").isFalse();
    }

    @Test
    void namesNoDatasetThatIsNotThere() {
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> on.uploader.dataset("dogs"));
    }

    @Test
    void claimsNoMoreThanThereIsRoomFor() throws IOException {
        on.image("cats/1.jpg", "one");
        on.image("cats/2.jpg", "two");
        assertThat(on.uploader.claim(on.dataset("cats"), listing(100))).isFalse();
        assertThat(on.uploader.claim(on.dataset("cats"), listing(101))).isFalse();
        assertThat(on.uploader.claim(on.dataset("cats"), listing(99))).isTrue();
        Claimed claimed = on.uploader.claimed(on.dataset("cats"));
        assertThat(claimed.images()).hasSize(1);
        assertThat(claimed.batch().countBefore()).isEqualTo(99);
    }

    @Test
    void countsWhatALaggingListingDoesNotShowYet() throws IOException {
        on.filled("cats", 2);
        on.image("cats/more.jpg", "more");
        assertThat(on.uploader.claim(on.dataset("cats"), listing(0))).isTrue();
        assertThat(on.uploader.claimed(on.dataset("cats")).batch().countBefore()).isEqualTo(2);
    }

    @Test
    void sendsImagesAndCaptionsAsAZip() throws IOException {
        on.image("cats/tom.jpg", "tom");
        on.image("cats/more/tom.jpg", "tim");
        on.caption("cats/more/tom.txt", "ein Kätzchen");
        on.image("cats/kim.jpg", "kim");
        HttpEntity body = on.uploader.request(on.send("cats"));
        byte[] sent = written(body);
        assertThat(body.getContentLength()).isEqualTo(sent.length);
        assertThat(new String(sent, StandardCharsets.ISO_8859_1)).contains("name=\"files\"");
        Map<String, byte[]> zip = unzip(sent);
        String second = zip.keySet().stream().filter(name -> name.startsWith("tom-")).findFirst().orElseThrow();
        assertThat(zip).containsOnlyKeys("tom.jpg", second, second.replace(".jpg", ".txt"), "kim.jpg");
        assertThat(zip.get("tom.jpg")).isEqualTo(jpeg("tom"));
        assertThat(zip.get(second)).isEqualTo(jpeg("tim"));
        assertThat(zip.get(second.replace(".jpg", ".txt"))).isEqualTo(text("ein Kätzchen"));
    }

    @Test
    void makesTheBodyAnewForEachTry() throws IOException {
        on.image("cats/tom.jpg", "tom");
        Claimed claimed = on.send("cats");
        for (int tries = 0; tries < 2; tries++) {
            assertThat(unzip(written(on.uploader.request(claimed))).get("tom.jpg")).isEqualTo(jpeg("tom"));
        }
    }

    @Test
    void sendsNoImageThatChanged() throws IOException {
        on.image("cats/tom.jpg", "tom");
        Claimed claimed = on.send("cats");
        Files.write(on.data.resolve(claimed.images().get(0).target()), jpeg("tim"));
        HttpEntity body = on.uploader.request(claimed);
        assertThatExceptionOfType(ContentChangedException.class).isThrownBy(() -> written(body));
    }

    @Test
    void sendsNothingOnceItsClaimIsLost() throws IOException {
        on.image("cats/tom.jpg", "tom");
        Claimed claimed = on.send("cats");
        on.clock.pass(LEASE.plusMillis(1));
        on.ledger.batches().expire();
        assertThatExceptionOfType(LostClaimException.class).isThrownBy(() -> on.uploader.request(claimed))
            .withMessageContaining("batch " + claimed.batch().id());
    }

    @Test
    void sendsNothingOnceItsClaimIsLostWhileItWaitsForItsTurn() throws IOException {
        on.image("cats/tom.jpg", "tom");
        Claimed claimed = on.send("cats");
        HttpEntity body = on.uploader.request(claimed);
        on.clock.pass(LEASE.plusMillis(1));
        on.ledger.batches().expire();
        assertThatExceptionOfType(LostClaimException.class).isThrownBy(() -> written(body));
    }

    @Test
    void keepsItsClaimWhileBytesFlow() throws IOException {
        on.image("cats/1.jpg", "one");
        on.image("cats/2.jpg", "two");
        Claimed claimed = on.send("cats");
        HttpEntity body = on.uploader.request(claimed);
        on.clock.pass(LEASE);
        written(body);
        on.clock.pass(LEASE);
        assertThat(on.ledger.batches().expire()).isZero();
    }

    @Test
    void settlesEachImage() throws IOException {
        on.image("cats/good.jpg", "good");
        Asset bad = on.image("cats/bad.jpg", "bad");
        on.ledger.datasets().troubled(bad.datasetId(), "trouble", on.clock.instant());
        Claimed claimed = on.send("cats");
        UploadResult answer = new UploadResult(2, 1, 1, List.of(), List.of(failed("bad.jpg", "INVALID_IMAGE")));
        for (Asset move : on.uploader.settle(claimed, answer)) {
            on.mover.place(move);
        }
        assertThat(on.files()).containsExactly("done/cats/1-good.jpg", "rejected/cats/bad.jpg",
            "rejected/cats/bad.jpg.reason.txt");
        assertThat(on.read("rejected/cats/bad.jpg.reason.txt"))
            .isEqualTo(Reason.refused("bad.jpg", "INVALID_IMAGE").text() + "\n");
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.UPLOADED, 1, AssetState.REJECTED, 1)));
        assertThat(on.trouble("cats")).isEmpty();
    }

    @Test
    void aRefusedCaptionDoesNotTouchItsImage() throws IOException {
        on.image("cats/tom.jpg", "tom");
        on.caption("cats/tom.txt", "a cat");
        on.uploader.settle(on.send("cats"),
            new UploadResult(2, 1, 1, List.of(), List.of(failed("tom.txt", "INVALID_CAPTION"))));
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.UPLOADED, 1)));
    }

    @Test
    void believesNoAnswerThatDoesNotAddUp() throws IOException {
        on.image("cats/1.jpg", "one");
        on.image("cats/2.jpg", "two");
        on.caption("cats/1.txt", "captions may be counted too");
        Claimed claimed = on.send("cats");
        FailedAsset first = failed("1.jpg", "INVALID_IMAGE");
        for (UploadResult answer : List.of(
                taken(1),
                new UploadResult(2, 0, 1, List.of(), List.of(first)),
                new UploadResult(3, 2, 2, List.of(), List.of(first)),
                new UploadResult(2, 1, 1, List.of(), List.of(new FailedAsset("INVALID_IMAGE", Optional.empty()))),
                new UploadResult(2, 1, 1, List.of(), List.of(failed("stranger.jpg", "INVALID_IMAGE"))))) {
            assertThatExceptionOfType(UnreadableAnswerException.class).as("%s", answer)
                .isThrownBy(() -> on.uploader.settle(claimed, answer));
        }
        assertThat(on.tally("cats")).as("nothing is settled").isEqualTo(new Tally(Map.of(AssetState.BATCHED, 2)));
        assertThat(on.uploader.settle(claimed, taken(3))).as("with the caption").hasSize(3);
    }

    @Test
    void whatIsLeftOverNeedNotWaitOnceMore() throws IOException {
        for (int i = 0; i < 3; i++) {
            on.image("cats/" + i + ".jpg", "picture " + i);
        }
        assertThat(on.uploader.claim(on.dataset("cats"), listing(98))).isTrue();
        Claimed claimed = on.uploader.claimed(on.dataset("cats"));
        on.uploader.intend(claimed);
        on.uploader.settle(claimed, taken(2));
        assertThat(on.uploader.leftOver("cats")).as("it may still be gathered").isFalse();
        on.clock.pass(PipelineFixture.LIMITS.quiet());
        assertThat(on.uploader.leftOver("cats")).isTrue();
        on.upload("cats");
        assertThat(on.uploader.leftOver("cats")).isFalse();
    }

    @Test
    void aFullBatchThatCameWhileAnotherWasUnderWayNeedNotWaitForQuiet() throws IOException {
        BatchLimits two = new BatchLimits(PipelineFixture.LIMITS.quiet(), 2, PipelineFixture.LIMITS.bytes(), "files");
        Uploader uploader = new Uploader(on.ledger, on.store, on.places, two, on.clock);
        on.image("cats/first.jpg", "first");
        Claimed claimed = on.send("cats");
        on.image("cats/second.jpg", "second");
        on.image("cats/third.jpg", "third");
        assertThat(uploader.leftOver("cats")).as("one is under way").isFalse();
        uploader.settle(claimed, taken(1));
        assertThat(uploader.leftOver("cats")).isTrue();
    }

    private boolean due() {
        return on.uploader.due("cats");
    }

    private static FailedAsset failed(String name, String reason) {
        return new FailedAsset(reason, Optional.of(name));
    }

    private static byte[] written(HttpEntity body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        body.writeTo(out);
        return out.toByteArray();
    }

    private static Map<String, byte[]> unzip(byte[] sent) throws IOException {
        int begin = new String(sent, StandardCharsets.ISO_8859_1).indexOf("PK");
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(Arrays.copyOfRange(sent, begin, sent.length)))) {
            for (ZipEntry entry; (entry = zip.getNextEntry()) != null;) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }
}
