package org.dropfolder.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the ledger promises of batches. */
abstract class BatchesContract extends AssetsContract {
    @Test
    void onlyOneOfManyThreadsClaimsTheBatch() throws Exception {
        for (int i = 0; i < 20; i++) {
            image("cats/" + i + ".jpg", "picture " + i);
        }
        Dataset cats = dataset("cats");
        assertThat(atOnce(() -> ledger.batches().claim(cats, 0, 5, 1_000))).containsOnlyOnce(true);
        Batch batch = ledger.batches().claimed(cats).batch();
        assertThat(atOnce(() -> ledger.batches().intend(batch))).containsOnlyOnce(true);
        assertThat(ledger.assets().tally(cats.id())).isEqualTo(
            new Tally(Map.of(AssetState.BATCHED, 5, AssetState.ACCEPTED, 15)));
    }

    @Test
    void aBatchTakesCountAndBytesInOrderOfArrival() {
        Asset[] images = {image("cats/d.jpg", "1234"), image("cats/c.jpg", "5678"), image("cats/b.jpg", "9"),
            image("cats/a.jpg", "0")};
        assertThat(claimOnce(2, 1_000)).containsExactly(images[0].id(), images[1].id());
        assertThat(claimOnce(4, 8)).containsExactly(images[0].id(), images[1].id());
        assertThat(claimOnce(4, 9)).hasSize(3);
        assertThat(claimOnce(4, 10)).hasSize(4);
        assertThat(ledger.batches().claim(dataset("cats"), 0, 0, 1_000)).as("where there is no room").isFalse();
        assertThat(ledger.batches().open(dataset("cats").id())).isEmpty();
    }

    @Test
    void oneImageGoesWhateverItsSize() {
        Asset large = image("cats/large.jpg", "very large");
        image("cats/small.jpg", "s");
        assertThat(claimOnce(100, 3)).containsExactly(large.id());
    }

    @Test
    void notesWhatItTook() {
        image("cats/tom.jpg", "tom");
        image("cats/emma.jpg", "emma");
        assertThat(ledger.batches().claim(dataset("cats"), 42, 100, 1_000)).isTrue();
        Batch batch = ledger.batches().claimed(dataset("cats")).batch();
        assertThat(batch.countBefore()).isEqualTo(42);
        assertThat(batch.images()).isEqualTo(2);
        assertThat(batch.bytes()).isEqualTo(7);
        assertThat(batch.claimedAt()).isEqualTo(clock.instant());
        assertThat(batch.sentAt()).isEmpty();
        assertThat(ledger.batches().open(dataset("cats").id())).contains(batch);
    }

    @Test
    void captionsGoWithTheirImage() {
        caption("cats/tom.txt", "old words");
        image("cats/tom.jpg", "tom");
        Asset newest = caption("cats/tom.txt", "new words");
        Asset other = caption("cats/tim.txt", "of another");
        Claimed claimed = send("cats");
        assertThat(claimed.images()).singleElement()
            .satisfies(image -> assertThat(image.caption()).contains("new words"));
        ledger.batches().uploaded(claimed.batch(), Fates.ALL_THERE, TARGETS);
        assertThat(now(newest).state()).isEqualTo(AssetState.UPLOADED);
        assertThat(now(other).state()).isEqualTo(AssetState.ACCEPTED);
    }

    @Test
    void twoImagesOfOneStemShareACaption() {
        Asset jpeg = image("cats/tom.jpg", "tom");
        image("cats/tom.png", "tom as png");
        Asset caption = caption("cats/tom.txt", "a cat");
        Claimed claimed = send("cats");
        assertThat(claimed.images()).extracting(Asset::caption).containsExactly(Optional.of("a cat"), Optional.of("a cat"));
        ledger.batches().uploaded(claimed.batch(), new Fates(Map.of(jpeg.id(), "unsafe"), Set.of()), TARGETS);
        assertThat(now(caption).state()).as("it went with the other").isEqualTo(AssetState.UPLOADED);
    }

    @Test
    void aReleasedBatchsImagesWaitAgain() {
        Asset image = image("cats/tom.jpg", "tom");
        Asset caption = caption("cats/tom.txt", "a cat");
        Batch batch = send("cats").batch();
        ledger.batches().released(batch, "no connection");
        assertThat(now(batch).state()).isEqualTo(BatchState.RELEASED);
        assertThat(now(batch).trouble()).contains("no connection");
        assertThat(now(image)).isEqualTo(image);
        assertThat(now(caption)).isEqualTo(caption);
        assertThat(claim("cats").images()).singleElement()
            .satisfies(again -> assertThat(again.caption()).contains("a cat"));
    }

    @Test
    void aBatchInDoubtBlocksTheNext() {
        Asset image = image("cats/tom.jpg", "tom");
        Batch batch = send("cats").batch();
        image("cats/tim.jpg", "tim");
        assertThat(ledger.batches().inDoubt(batch, "no answer")).isTrue();
        assertThat(ledger.batches().inDoubt(batch, "no answer")).isFalse();
        ledger.batches().released(batch, "a doubt is not settled by saying so");
        assertThat(now(batch).state()).isEqualTo(BatchState.IN_DOUBT);
        assertThat(now(image).state()).isEqualTo(AssetState.BATCHED);
        assertThat(ledger.batches().anyOpen(batch.datasetId())).isTrue();
        assertThat(ledger.batches().claim(dataset("cats"), 0, 100, 1_000)).isFalse();
    }

    @Test
    void whatWasNotSentIsNeverInDoubt() {
        image("cats/tom.jpg", "tom");
        assertThat(ledger.batches().inDoubt(claim("cats").batch(), "why")).isFalse();
    }

    @Test
    void expiryReleasesWhatWasNotSentAndDoubtsWhatWas() {
        image("cats/tom.jpg", "tom");
        image("dogs/rex.jpg", "rex");
        Batch claimed = claim("cats").batch();
        Batch sent = send("dogs").batch();
        clock.pass(LEASE);
        assertThat(ledger.batches().expire()).isZero();
        clock.pass(Duration.ofMillis(1));
        assertThat(ledger.batches().expire()).isEqualTo(2);
        assertThat(now(claimed).state()).isEqualTo(BatchState.RELEASED);
        assertThat(now(sent).state()).isEqualTo(BatchState.IN_DOUBT);
        assertThat(history("dogs").get(0)).contains("in doubt");
        assertThat(ledger.batches().expire()).isZero();
        assertThat(claim("cats").images()).hasSize(1);
    }

    @Test
    void anAnswerThatComesAfterExpiryStillCounts() {
        Asset image = image("cats/tom.jpg", "tom");
        Batch batch = send("cats").batch();
        clock.pass(LEASE.plusSeconds(1));
        ledger.batches().expire();
        assertThat(ledger.batches().uploaded(batch, Fates.ALL_THERE, TARGETS)).hasSize(1);
        assertThat(now(image).state()).isEqualTo(AssetState.UPLOADED);
        assertThat(now(batch).state()).isEqualTo(BatchState.UPLOADED);
        assertThat(ledger.batches().uploaded(batch, Fates.ALL_THERE, TARGETS)).as("once").isEmpty();
    }

    @Test
    void renewFailsOnceTheClaimIsLost() {
        image("cats/tom.jpg", "tom");
        image("dogs/rex.jpg", "rex");
        Batch claimed = claim("cats").batch();
        Batch sent = send("dogs").batch();
        for (int i = 0; i < 3; i++) {
            clock.pass(LEASE);
            assertThat(List.of(ledger.batches().renew(claimed), ledger.batches().renew(sent))).containsOnly(true);
            assertThat(ledger.batches().expire()).isZero();
        }
        clock.pass(LEASE.plusMillis(1));
        ledger.batches().expire();
        assertThat(List.of(ledger.batches().renew(claimed), ledger.batches().renew(sent))).containsOnly(false);
        assertThat(ledger.batches().intend(claimed)).isFalse();
    }

    @Test
    void onlyItsOwnerGoesOnWithABatch() {
        image("cats/tom.jpg", "tom");
        Batch batch = claim("cats").batch();
        try (Ledger other = open(newLease(), false)) {
            assertThat(other.batches().intend(batch)).isFalse();
            assertThat(other.batches().renew(batch)).isFalse();
            other.batches().released(batch, "not mine");
            assertThat(ledger.batches().intend(batch)).isTrue();
            assertThat(other.batches().inDoubt(batch, "not mine")).isFalse();
            assertThat(other.batches().uploaded(batch, Fates.ALL_THERE, TARGETS)).isEmpty();
        }
        assertThat(now(batch).state()).isEqualTo(BatchState.SENT);
    }

    @Test
    void answersNothingClaimedWhereNothingIs() {
        Asset image = image("cats/tom.jpg", "tom");
        assertThatIllegalStateException().isThrownBy(() -> ledger.batches().claimed(dataset("cats")));
        ledger.assets().setAside(image, "why", TARGETS);
        assertThat(ledger.batches().claim(dataset("cats"), 0, 100, 1_000)).isFalse();
    }

    /** The ids that a claim with these limits takes; they wait again afterwards. */
    private List<Long> claimOnce(int images, long bytes) {
        assertThat(ledger.batches().claim(dataset("cats"), 0, images, bytes)).isTrue();
        Claimed claimed = ledger.batches().claimed(dataset("cats"));
        ledger.batches().released(claimed.batch(), "only tried");
        return claimed.images().stream().map(Asset::id).toList();
    }
}
