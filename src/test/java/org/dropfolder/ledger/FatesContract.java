package org.dropfolder.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the ledger promises of what became of a batch's images. */
abstract class FatesContract extends TrainingsContract {
    @Test
    void whatWasFoundOfABatchIsThereAndTheRestWaits() {
        Asset there = image("cats/tom.jpg", "tom");
        Asset caption = caption("cats/tom.txt", "a cat");
        Asset copy = image("cats/copy.jpg", "tom");
        Asset missing = image("cats/tim.jpg", "tim");
        Asset itsCaption = caption("cats/tim.txt", "another cat");
        Asset itsCopy = image("cats/copy of tim.jpg", "tim");
        Batch batch = inDoubt(send("cats").batch());

        List<Asset> moves = ledger.batches().found(batch, new Fates(Map.of(), Set.of(missing.id())), TARGETS);

        assertThat(moves).extracting(Asset::id).containsExactlyInAnyOrder(there.id(), caption.id(), copy.id());
        assertThat(List.of(now(there).state(), now(caption).state())).containsOnly(AssetState.UPLOADED);
        assertThat(now(copy).target()).startsWith("done/");
        assertThat(List.of(now(missing).state(), now(itsCaption).state())).containsOnly(AssetState.ACCEPTED);
        assertThat(now(itsCopy).state()).isEqualTo(AssetState.DUPLICATE);
        assertThat(now(itsCopy).target()).startsWith("pending/");
        assertThat(now(missing).tries()).isOne();
        assertThat(now(batch).state()).isEqualTo(BatchState.UPLOADED);
        assertThat(claim("cats").images()).singleElement().satisfies(image -> {
            assertThat(image.id()).isEqualTo(missing.id());
            assertThat(image.caption()).contains("another cat");
        });
    }

    @Test
    void eachImageOfABatchMeetsItsOwnFate() {
        Asset there = image("cats/tom.jpg", "tom");
        Asset refused = image("cats/tim.jpg", "tim");
        Asset itsCaption = caption("cats/tim.txt", "a cat");
        Asset itsCopy = image("cats/copy of tim.jpg", "tim");
        Asset again = image("cats/mia.jpg", "mia");
        Batch batch = send("cats").batch();
        ledger.batches().uploaded(batch, new Fates(Map.of(refused.id(), "unsafe"), Set.of(again.id())), TARGETS);
        assertThat(now(there).state()).isEqualTo(AssetState.UPLOADED);
        assertThat(List.of(now(refused).state(), now(itsCaption).state(), now(itsCopy).state()))
            .containsOnly(AssetState.REJECTED);
        assertThat(now(itsCopy).reason()).contains("unsafe");
        assertThat(now(again).state()).isEqualTo(AssetState.ACCEPTED);
        assertThat(history("cats").get(0)).contains("1 images uploaded, 1 refused, 1 to be sent again");
        assertThat(detail("cats", 0)).containsExactly("sha of tim tim.jpg 3 unsafe", "sha of mia mia.jpg 3 is to be sent again");
    }

    @Test
    void aCaptionThatTwoShareGoesWithTheOneThatIsSentAgain() {
        image("cats/tom.jpg", "tom");
        Asset again = image("cats/tom.png", "tom as png");
        Asset caption = caption("cats/tom.txt", "a cat");
        ledger.batches().uploaded(send("cats").batch(), new Fates(Map.of(), Set.of(again.id())), TARGETS);
        assertThat(now(caption).state()).isEqualTo(AssetState.ACCEPTED);
        assertThat(claim("cats").images()).singleElement()
            .satisfies(image -> assertThat(image.caption()).contains("a cat"));
    }

    @Test
    void aBatchOfWhichNothingWasFoundIsReleased() {
        Batch batch = doubtfulBatch("cats");
        assertThat(ledger.batches().found(batch, again(batch), TARGETS)).isEmpty();
        assertThat(now(batch).state()).isEqualTo(BatchState.RELEASED);
        assertThat(ledger.batches().inDoubt(batch.datasetId())).isEmpty();
        assertThat(ledger.assets().waiting(batch.datasetId())).hasSize(1);
    }

    @Test
    void onlyADoubtIsSettledByWhatWasFoundAndOnce() {
        image("cats/tom.jpg", "tom");
        Batch sent = send("cats").batch();
        try (Ledger other = open(newLease(), false)) {
            assertThat(other.batches().found(sent, Fates.ALL_THERE, TARGETS)).as("it is under way").isEmpty();
            assertThat(now(sent).state()).isEqualTo(BatchState.SENT);
            inDoubt(sent);
            assertThat(other.batches().found(sent, Fates.ALL_THERE, TARGETS)).as("a doubt is nobody's").hasSize(1);
        }
        assertThat(ledger.batches().found(sent, again(sent), TARGETS)).isEmpty();
        assertThat(ledger.batches().uploaded(sent, again(sent), TARGETS)).isEmpty();
        assertThat(now(sent).state()).isEqualTo(BatchState.UPLOADED);
    }

    @Test
    void aBatchInDoubtIsFoundWithItsImages() {
        Batch batch = doubtfulBatch("cats");
        ledger.batches().leaveToAPerson(batch, "a person decides");
        assertThat(ledger.batches().inDoubt(batch.datasetId())).hasValueSatisfying(claimed -> {
            assertThat(claimed.batch().trouble()).contains("a person decides");
            assertThat(claimed.images()).extracting(Asset::name).containsExactly("picture.jpg");
        });
        assertThat(ledger.batches().inDoubt(dataset("dogs").id())).isEmpty();
    }

    @Test
    void theHistoryNamesWhatWasSentByItsHash() {
        image("cats/tom.jpg", "tom");
        image("cats/mia.jpg", "mia");
        Batch batch = send("cats").batch();
        assertThat(detail("cats", 0)).containsExactly("sha of tom tom.jpg 3", "sha of mia mia.jpg 3");
        ledger.batches().uploaded(batch, Fates.ALL_THERE, TARGETS).forEach(this::rest);
        assertThat(ledger.history().of(batch.datasetId(), 1).get(0).detail()).as("nothing is amiss").isEmpty();
        intend(waiting("cats"));
        assertThat(detail("cats", 0)).as("what the training is paid for")
            .containsExactly("sha of tom tom.jpg 3", "sha of mia mia.jpg 3");
    }

    final Batch doubtfulBatch(String dataset) {
        if (ledger.assets().waiting(dataset(dataset).id()).isEmpty()) {
            image(dataset + "/picture.jpg", "picture");
        }
        return inDoubt(send(dataset).batch());
    }

    final Batch inDoubt(Batch batch) {
        assertThat(ledger.batches().inDoubt(batch, "no answer")).isTrue();
        return now(batch);
    }

    final Fates again(Batch batch) {
        return new Fates(Map.of(), Set.copyOf(ledger.read(h -> h.createQuery("SELECT id FROM asset WHERE batch_id = :batch")
            .bind("batch", batch.id()).mapTo(Long.class).list())));
    }

    private List<String> detail(String dataset, int event) {
        return ledger.history().of(dataset(dataset).id(), 100).get(event).detail().orElse("").lines().toList();
    }
}
