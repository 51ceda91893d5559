package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dropfolder.ideogram.DatasetDetail;
import org.dropfolder.ideogram.DatasetFile;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.BatchState;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Doubt;
import org.dropfolder.ledger.Event;
import org.dropfolder.ledger.Tally;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch whose answer was lost: two images were in the dataset before, and it sent three. */
class ArbiterTest {
    private static final Duration DOUBT = Duration.ofMinutes(2);
    private static final Duration BETWEEN = DOUBT.dividedBy(3);
    private static final int BEFORE = 2;

    @TempDir
    Path folder;

    private PipelineFixture on;
    private Arbiter arbiter;
    private Dataset cats;
    private Claimed batch;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
        arbiter = new Arbiter(on.ledger, on.places, new Patience(DOUBT, Optional.of(Duration.ofMinutes(10))),
            Duration.ofSeconds(30), on.clock);
        on.image("cats/tom.jpg", "tom");
        on.caption("cats/tom.txt", "a cat");
        on.image("cats/tim.jpg", "tim the second");
        on.image("cats/mia.jpg", "mia the third of them");
        on.image("cats/copy of tim.jpg", "tim the second");
        cats = on.ready("cats");
        on.uploader.claim(cats, PipelineFixture.listing(BEFORE));
        batch = on.uploader.claimed(cats);
        on.uploader.intend(batch);
        on.ledger.batches().inDoubt(batch.batch(), "no answer");
    }

    @AfterEach
    void end() {
        on.close();
    }

    @Test
    void whatIsListedAsAWholeIsUploadedAtOnce() throws IOException {
        List<Asset> moves = look(listing(sent(0), sent(1), sent(2)));
        assertThat(moves).as("captions and copies follow").hasSize(5);
        for (Asset move : moves) {
            on.mover.place(move);
        }
        assertThat(tally()).isEqualTo(new Tally(Map.of(AssetState.UPLOADED, 3, AssetState.DUPLICATE, 1)));
        assertThat(on.files()).hasSize(5).allMatch(file -> file.startsWith("done/cats/"));
        isSettled(BatchState.UPLOADED);
        assertThat(history().get(0).what()).contains("3 images uploaded");
    }

    @Test
    void whatIsMissingGoesAgainAfterThreeLooksAndTheTimeOfDoubt() {
        deniesUntilTheTimeIsOver(listing(sent(1)));
        assertThat(tally()).isEqualTo(new Tally(Map.of(AssetState.UPLOADED, 1, AssetState.DUPLICATE, 1, AssetState.ACCEPTED, 2)));
        assertThat(waiting()).containsExactly("tom.jpg", "mia.jpg");
        assertThat(history().get(0).detail().orElseThrow().lines()).hasSize(2).allMatch(line -> line.endsWith("is to be sent again"));
        isSettled(BatchState.UPLOADED);

        Claimed again = on.send("cats");
        assertThat(again.images()).extracting(image -> image.caption().orElse("")).containsExactly("a cat", "");
    }

    @Test
    void allOfItGoesAgainWhereNothingIsListedAndTheCountDidNotRise() {
        deniesUntilTheTimeIsOver(listing());
        assertThat(tally()).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 3, AssetState.DUPLICATE, 1)));
        isSettled(BatchState.RELEASED);
        assertThat(on.uploader.due("cats")).as("at once").isTrue();
    }

    @Test
    void twoLooksAreNotEnoughHoweverLongTheyLieApart() {
        look(listing());
        on.clock.pass(DOUBT.multipliedBy(5));
        look(listing());
        assertThat(doubt().looks()).isEqualTo(2);
        on.clock.pass(BETWEEN);
        look(listing());
        isSettled(BatchState.RELEASED);
    }

    @Test
    void whatIsListedLateIsUploadedStill() {
        look(listing());
        on.clock.pass(BETWEEN);
        look(listing(sent(0)));
        on.clock.pass(BETWEEN);
        look(listing(sent(0), sent(1), sent(2)));
        assertThat(tally().of(AssetState.UPLOADED)).isEqualTo(3);
    }

    @Test
    void aPersonDecidesWhereTheCountRoseUnderNamesThatNobodyKnows() {
        DatasetDetail renamed = listing(file("asset-1.jpg", 1), file("asset-2.jpg", 2), file("asset-3.jpg", 3));
        deniesUntilTheTimeIsOver(renamed);
        assertThat(tally().of(AssetState.BATCHED)).isEqualTo(3);
        assertThat(on.ledger.batches().inDoubt(cats.id()).orElseThrow().batch().trouble().orElseThrow())
            .contains("it had 2 images before and has 5 now", "retry \"cats\"");
        assertThat(doubt().nextLook()).isEmpty();
        assertThat(arbiter.looksOn("cats")).isFalse();
        assertThat(arbiter.millisUntilLook("cats")).isZero();

        on.clock.pass(DOUBT);
        assertThat(arbiter.claimLook("cats")).isFalse();
        assertThat(on.ledger.doubts().due()).isEmpty();
        assertThat(arbiter.settleBatch(cats, renamed)).isEmpty();
        assertThat(history()).filteredOn(event -> event.what().contains("may be in the dataset")).hasSize(1);
    }

    @Test
    void theCountAloneDecidesWhereNoNamesAreListedIfItIsExact() {
        look(unnamed(BEFORE + 3));
        isSettled(BatchState.UPLOADED);
        assertThat(tally().of(AssetState.UPLOADED)).isEqualTo(3);
    }

    @Test
    void allOfItGoesAgainWhereNoNamesAreListedAndTheCountStoodStill() {
        deniesUntilTheTimeIsOver(unnamed(BEFORE));
        isSettled(BatchState.RELEASED);
    }

    @Test
    void aPersonDecidesWhereNoNamesAreListedAndTheCountDoesNotFit() {
        deniesUntilTheTimeIsOver(unnamed(BEFORE + 2));
        assertThat(doubt().nextLook()).isEmpty();
        assertThat(tally().of(AssetState.BATCHED)).isEqualTo(3);
    }

    @Test
    void anotherSizeIsNoMatterWhereTheCountRoseByEnough() {
        look(listing(encodedAnew(0), encodedAnew(1), encodedAnew(2)));
        isSettled(BatchState.UPLOADED);
        assertThat(tally().of(AssetState.UPLOADED)).isEqualTo(3);
    }

    @Test
    void aNameOfAnotherSizeThatWasThereBeforeIsNotOurs() {
        deniesUntilTheTimeIsOver(files(encodedAnew(0), encodedAnew(1)));
        isSettled(BatchState.RELEASED);
        assertThat(waiting()).hasSize(3);
    }

    @Test
    void whatAnotherClientAddedMeanwhileIsNotTakenForOurs() {
        look(listing(sent(0), file("stranger.jpg", 7), sent(1), sent(2), file("another.png", 8)));
        assertThat(tally().of(AssetState.UPLOADED)).isEqualTo(3);
    }

    @Test
    void aPersonDecidesWhereItCannotBeToldWhetherAnotherClientAddedImages() {
        deniesUntilTheTimeIsOver(listing(sent(0), file("stranger.jpg", 7)));
        assertThat(doubt().nextLook()).isEmpty();
        assertThat(tally().of(AssetState.BATCHED)).isEqualTo(3);
    }

    @Test
    void aLookIsClaimedByOneAndNotBeforeItIsDue() {
        assertThat(arbiter.millisUntilLook("cats")).as("at once").isZero();
        assertThat(on.ledger.doubts().due()).containsExactly("cats");
        assertThat(arbiter.claimLook("cats")).isTrue();
        assertThat(arbiter.claimLook("cats")).isFalse();
        assertThat(arbiter.looksOn("cats")).isTrue();
        assertThat(arbiter.millisUntilLook("cats")).isEqualTo(BETWEEN.toMillis());
        assertThat(on.ledger.doubts().due()).isEmpty();
    }

    @Test
    void aDoubtThatAroseWhileOthersWereReadIsNotJudged() {
        assertThat(arbiter.settleBatch(cats, listing(sent(0), sent(1), sent(2)))).isEmpty();
        assertThat(doubt().looks()).isZero();
    }

    @Test
    void aLookThatTookLongCountsToo() {
        arbiter.claimLook("cats");
        on.clock.pass(DOUBT);
        assertThat(arbiter.settleBatch(cats, listing(sent(0), sent(1), sent(2)))).hasSize(5);
    }

    @Test
    void knowsNothingOfADatasetThatNobodyDropped() {
        assertThat(arbiter.millisUntilLook("dogs")).isZero();
        assertThat(arbiter.claimLook("dogs")).isFalse();
        assertThat(arbiter.looksOn("dogs")).isFalse();
    }

    private List<Asset> look(DatasetDetail listing) {
        assertThat(arbiter.claimLook("cats")).isTrue();
        return arbiter.settleBatch(cats, listing);
    }

    /** Looks at every moment at which one is due; only the last settles anything. */
    private void deniesUntilTheTimeIsOver(DatasetDetail listing) {
        for (int looks = 0; looks < 3; looks++) {
            assertThat(look(listing)).isEmpty();
            assertThat(doubt().looks()).isEqualTo(looks + 1);
            assertThat(tally().of(AssetState.BATCHED)).isEqualTo(3);
            on.clock.pass(BETWEEN);
        }
        look(listing);
    }

    private void isSettled(BatchState state) {
        assertThat(on.ledger.doubts().of(cats.id())).isEmpty();
        assertThat(on.ledger.batches().open(cats.id())).isEmpty();
        assertThat(on.trouble("cats")).isEmpty();
        assertThat(history().get(0).what()).startsWith("batch " + batch.batch().id() + ": "
            + (state == BatchState.RELEASED ? "0 images uploaded" : ""));
    }

    private Doubt doubt() {
        return on.ledger.doubts().of(cats.id()).get(0);
    }

    private Tally tally() {
        return on.tally("cats");
    }

    private List<String> waiting() {
        return on.ledger.assets().waiting(cats.id()).stream().map(Asset::name).toList();
    }

    private List<Event> history() {
        return on.ledger.history().of(cats.id(), 100);
    }

    private DatasetFile sent(int which) {
        Asset image = batch.images().get(which);
        return file(image.sentName().orElseThrow(), image.size());
    }

    private DatasetFile encodedAnew(int which) {
        Asset image = batch.images().get(which);
        return file(image.sentName().orElseThrow(), image.size() + 1);
    }

    private static DatasetFile file(String name, long size) {
        return new DatasetFile(Optional.of(name), OptionalLong.of(size));
    }

    /** What was there before, and these. */
    private static DatasetDetail listing(DatasetFile... added) {
        Stream<DatasetFile> before = IntStream.range(0, BEFORE).mapToObj(i -> file("before-" + i + ".png", 10));
        return files(Stream.concat(before, Arrays.stream(added)).toArray(DatasetFile[]::new));
    }

    private static DatasetDetail files(DatasetFile... files) {
        return new DatasetDetail(PipelineFixture.remote("id of cats", "cats"), OptionalInt.empty(), List.of(files), List.of());
    }

    private static DatasetDetail unnamed(int count) {
        return new DatasetDetail(PipelineFixture.remote("id of cats", "cats"), OptionalInt.of(count), List.of(), List.of());
    }
}
