package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dropfolder.ideogram.UploadResult;
import org.dropfolder.ideogram.UploadResult.FailedAsset;
import org.dropfolder.ideogram.ZipUpload;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.ledger.Fates;
import org.dropfolder.ledger.Tally;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an upload's answer means for each of two images. */
class VerdictsTest {
    @TempDir
    Path folder;

    private PipelineFixture on;
    private Claimed claimed;
    private Asset tom;
    private Asset tim;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
        on.image("cats/tom.jpg", "tom");
        on.image("cats/tim.jpg", "tim");
        send();
    }

    @AfterEach
    void end() {
        on.close();
    }

    @Test
    void whatIsNotRefusedIsThere() {
        assertThat(Verdicts.of(claimed, answer(2))).isEqualTo(Fates.ALL_THERE);
    }

    @Test
    void countsMayCountCaptionsToo() {
        assertThat(Verdicts.of(claimed, answer(4))).isEqualTo(Fates.ALL_THERE);
        assertThat(Verdicts.of(claimed, answer(2, refused("INVALID_CAPTION", "tom.txt")))).isEqualTo(Fates.ALL_THERE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED_SAFETY_CHECK", "FILE_TOO_LARGE", "INVALID_CAPTION", "INVALID_IMAGE", "TOO_MANY_IMAGES", "A_NEW_WORD"})
    void whatIsRefusedForWhatItIsIsSetAside(String word) {
        Fates fates = Verdicts.of(claimed, answer(1, refused(word, "tim.jpg")));
        assertThat(fates.refused()).containsOnlyKeys(tim.id());
        assertThat(fates.refused().get(tim.id())).contains("tim.jpg");
        assertThat(fates.again()).isEmpty();
    }

    @Test
    void anErrorOfIdeogramsOwnIsMetThreeTimesBeforeTheImageIsSetAside() throws IOException {
        UploadResult answer = answer(0, refused("INTERNAL_ERROR", "tom.jpg"), refused("INTERNAL_ERROR", "tim.jpg"));
        for (int tries = 0; tries < 3; tries++) {
            on.uploader.settle(claimed, answer);
            assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 2)));
            assertThat(on.trouble("cats")).contains("INTERNAL_ERROR", "Next try in");
            assertThat(on.uploader.due("cats")).as("after a pause").isFalse();
            on.clock.pass(Pauses.after(tries));
            assertThat(on.uploader.due("cats")).isTrue();
            send();
        }
        on.uploader.settle(claimed, answer);
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.REJECTED, 2)));
    }

    @Test
    void aZipThatWasRefusedAsAWholeSaysNothingOfItsImages() {
        for (int tries = 0; tries < 5; tries++) {
            Fates fates = Verdicts.of(claimed, answer(0, refused("INVALID_ZIP", ZipUpload.FILE_NAME)));
            assertThat(fates).isEqualTo(new Fates(Map.of(), Set.of(tom.id(), tim.id())));
            on.uploader.settle(claimed, answer(0, refused("INVALID_ZIP", ZipUpload.FILE_NAME)));
            assertThat(on.trouble("cats")).contains("INVALID_ZIP", "dropfolder.batch.size");
            send();
        }
    }

    @Test
    void ofOneImageARefusalNeedsNoName() {
        Claimed alone = new Claimed(claimed.batch(), List.of(tom));
        Fates fates = Verdicts.of(alone, answer(0, new FailedAsset("FAILED_SAFETY_CHECK", Optional.empty())));
        assertThat(fates.refused()).containsOnlyKeys(tom.id());
        assertThat(fates.again()).isEmpty();
    }

    @Test
    void whatContradictsItselfTellsNothing() {
        FailedAsset zip = refused("INVALID_ZIP", ZipUpload.FILE_NAME);
        isUnreadable(answer(1, zip), "whole zip");
        isUnreadable(answer(0, zip, refused("INVALID_IMAGE", "tim.jpg")), "whole zip");
        isUnreadable(answer(1), "1 images where 2 were not refused");
        isUnreadable(answer(0, refused("INVALID_IMAGE", "tim.jpg")), "0 images where 1 were not refused");
        isUnreadable(new UploadResult(3, 2, 1, List.of(), List.of()), "refuses 1 files and names 0");
        isUnreadable(answer(2, refused("INVALID_IMAGE", "stranger.jpg")), "stranger.jpg, which was not sent");
        isUnreadable(answer(1, new FailedAsset("INVALID_IMAGE", Optional.empty())), "has no name");
    }

    private void isUnreadable(UploadResult answer, String why) {
        assertThatExceptionOfType(UnreadableAnswerException.class).isThrownBy(() -> Verdicts.of(claimed, answer))
            .withMessageContaining(why);
    }

    private void send() {
        claimed = on.send("cats");
        tom = claimed.images().get(0);
        tim = claimed.images().get(1);
    }

    private static UploadResult answer(int success, FailedAsset... failed) {
        return new UploadResult(success + failed.length, success, failed.length, List.of(), Arrays.asList(failed));
    }

    private static FailedAsset refused(String word, String name) {
        return new FailedAsset(word, Optional.of(name));
    }
}
