package org.dropfolder.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the ledger promises of files that it does not know, and of images that are listed already. */
abstract class FindsContract extends ContainersContract {
    private final Set<String> files = new HashSet<>();

    @Test
    void expectsFilesWhereTheyAreAndWhereTheyWereBefore() {
        image("cats/tom.jpg", "tom");
        ledger.batches().uploaded(send("cats").batch(), Fates.ALL_THERE, TARGETS);
        assertThat(ledger.finds().unknown(List.of("pending/1-tom.jpg", "done/1-tom.jpg", "done/2-tom.jpg")))
            .containsExactly("done/2-tom.jpg");
    }

    @Test
    void whatLiesInDoneIsUploadedAndItsContentIsKnown() {
        assertThat(find("done/17-tom.jpg", AssetState.UPLOADED, "cats/tom.jpg", "tom")).isEmpty();
        assertThat(find("done/18-again.jpg", AssetState.UPLOADED, "cats/again.jpg", "tom")).isEmpty();
        assertThat(tally("cats")).isEqualTo(Map.of(AssetState.UPLOADED, 1, AssetState.DUPLICATE, 1));
        assertThat(at("done/17-tom.jpg").sentName()).contains("tom.jpg");
        assertThat(image("cats/once more.jpg", "tom").state()).isEqualTo(AssetState.DUPLICATE);
        assertThat(image("cats/tom.jpg", "another").sentName()).as("a name is in a dataset once").contains("tom-another.jpg");
        assertThat(ledger.finds().unknown(List.of("done/17-tom.jpg", "done/18-again.jpg"))).isEmpty();
    }

    @Test
    void whatLiesInPendingWaitsButNotACopyOfWhatIsUploaded() {
        find("done/17-tom.jpg", AssetState.UPLOADED, "cats/tom.jpg", "tom");
        find("pending/18-tim.jpg", AssetState.ACCEPTED, "cats/tim.jpg", "tim");
        List<Asset> moves = find("pending/19-copy.jpg", AssetState.ACCEPTED, "cats/copy.jpg", "tom");
        assertThat(moves).singleElement().satisfies(move -> {
            assertThat(move.movingFrom()).contains("pending/19-copy.jpg");
            assertThat(move.target()).startsWith("done/");
        });
        assertThat(claim("cats").images()).extracting(Asset::target).containsExactly("pending/18-tim.jpg");
    }

    @Test
    void whatLiesInRejectedStaysThereAndMayBeDroppedAgain() {
        Arrival arrival = arrival(AssetKind.IMAGE, "cats/tom.jpg", "tom", Optional.of("unsafe"));
        ledger.finds().takeUp(List.of(new Find(arrival, "rejected/tom.jpg", AssetState.REJECTED)), files::contains, TARGETS);
        assertThat(at("rejected/tom.jpg").state()).isEqualTo(AssetState.REJECTED);
        assertThat(at("rejected/tom.jpg").reason()).contains("unsafe");
        assertThat(image("cats/tom.jpg", "tom").state()).isEqualTo(AssetState.ACCEPTED);
    }

    @Test
    void aRowFollowsItsFileToDoneHoweverFarItHadCome() {
        Asset arriving = arrive("cats/a.jpg", "a");
        Asset accepted = image("dogs/b.jpg", "b");
        Asset sent = image("cows/c.jpg", "c");
        Batch batch = send("cows").batch();
        Asset refused = unusable("pigs/d.jpg", "d");
        for (Asset row : List.of(arriving, accepted, sent, refused)) {
            String target = "done/" + row.id() + "-" + row.name();
            assertThat(find(target, AssetState.UPLOADED, row.source(), row.sha256().substring("sha of ".length()))).isEmpty();
            assertThat(now(row).state()).as(row.source()).isEqualTo(AssetState.UPLOADED);
            assertThat(now(row).target()).isEqualTo(target);
            assertThat(ledger.assets().tally(row.datasetId()).images()).isEqualTo(Map.of(AssetState.UPLOADED, 1));
        }
        assertThat(ledger.batches().uploaded(batch, new Fates(Map.of(), Set.of(sent.id())), TARGETS)).as("its batch").isEmpty();
        assertThat(now(sent).state()).isEqualTo(AssetState.UPLOADED);
    }

    @Test
    void aRowFollowsItsFileToRejectedAndACopyTakesItsPlace() {
        Asset first = image("cats/tom.jpg", "tom");
        Asset copy = image("cats/copy.jpg", "tom");
        files.add(copy.target());
        find("rejected/tom.jpg", AssetState.REJECTED, "cats/tom.jpg", "tom");
        assertThat(now(first).state()).isEqualTo(AssetState.REJECTED);
        assertThat(now(copy).state()).isEqualTo(AssetState.ACCEPTED);
    }

    @Test
    void whatIsUploadedNeverWaitsAgain() {
        Asset tom = image("cats/tom.jpg", "tom");
        upload("cats");
        List<Asset> moves = find("pending/77-tom.jpg", AssetState.ACCEPTED, "cats/tom.jpg", "tom");
        assertThat(moves).singleElement().extracting(Asset::state).isEqualTo(AssetState.DUPLICATE);
        assertThat(now(tom).state()).isEqualTo(AssetState.UPLOADED);
        assertThat(ledger.assets().waiting(tom.datasetId())).isEmpty();
    }

    @Test
    void whatWaitsIsUploadedWithItsCopiesWhereItsContentLiesInDone() {
        Asset tom = image("cats/tom.jpg", "tom");
        Asset copy = image("cats/copy.jpg", "tom");
        files.addAll(List.of(tom.target(), copy.target()));
        List<Asset> moves = find("done/77-old.jpg", AssetState.UPLOADED, "cats/old.jpg", "tom");
        assertThat(moves).extracting(Asset::id).containsExactly(tom.id(), copy.id());
        assertThat(tally("cats")).isEqualTo(Map.of(AssetState.UPLOADED, 1, AssetState.DUPLICATE, 2));
    }

    @Test
    void aCaptionInPendingGoesAfterItsImageOrWaitsForIt() {
        find("done/17-tom.jpg", AssetState.UPLOADED, "cats/tom.jpg", "tom");
        assertThat(foundCaption("pending/18-tom.txt", "cats/tom.txt")).singleElement().extracting(Asset::target).asString()
            .startsWith("done/");
        assertThat(foundCaption("pending/19-tim.txt", "cats/tim.txt")).isEmpty();
        assertThat(ledger.assets().waitingCaptions(dataset("cats").id())).extracting(Asset::target)
            .containsExactly("pending/19-tim.txt");
    }

    @Test
    void whatIsOfNoUseLeavesPending() {
        Arrival arrival = arrival(AssetKind.IMAGE, "cats/notes.jpg", "notes", Optional.of("no image"));
        List<Asset> moves = ledger.finds().takeUp(List.of(new Find(arrival, "pending/17-notes.jpg", AssetState.ACCEPTED)),
            files::contains, TARGETS);
        assertThat(moves).extracting(Asset::target).containsExactly("rejected/notes.jpg");
        assertThat(moves).extracting(Asset::state).containsExactly(AssetState.REJECTED);
    }

    @Test
    void whatIsListedIsUploadedWithItsCaptionAndItsCopies() {
        Asset tom = image("cats/tom.jpg", "tom");
        Asset copy = image("cats/copy.jpg", "tom");
        Asset caption = caption("cats/tom.txt", "a cat");
        assertThat(ledger.finds().listed(tom, TARGETS)).extracting(Asset::id).containsExactly(tom.id(), copy.id(), caption.id());
        assertThat(ledger.finds().listed(tom, TARGETS)).as("once").isEmpty();
        assertThat(tally("cats")).isEqualTo(Map.of(AssetState.UPLOADED, 1, AssetState.DUPLICATE, 1));
        assertThat(now(caption).state()).isEqualTo(AssetState.UPLOADED);
        assertThat(history("cats")).first().asString().contains("was in the dataset already", "tom.jpg");
    }

    @Test
    void aWaitingImageIsRenamedToWhatNoneOfOursHas() {
        Asset tom = image("cats/tom.jpg", "tom");
        image("cats/tim.jpg", "tim");
        ledger.finds().rename(tom, List.of("TIM.png", "ted.jpg"));
        assertThat(now(tom).sentName()).contains("ted.jpg");
        upload("cats");
        ledger.finds().rename(tom, List.of("late.jpg"));
        assertThat(now(tom).sentName()).contains("ted.jpg");
    }

    private List<Asset> find(String target, AssetState rests, String source, String content) {
        return find(target, rests, arrival(AssetKind.IMAGE, source, content, Optional.empty()));
    }

    private List<Asset> foundCaption(String target, String source) {
        return find(target, AssetState.ACCEPTED, arrival(AssetKind.CAPTION, source, "text of " + source, Optional.empty()));
    }

    private List<Asset> find(String target, AssetState rests, Arrival arrival) {
        files.add(target);
        return ledger.finds().takeUp(List.of(new Find(arrival, target, rests)), files::contains, TARGETS);
    }

    private Asset at(String target) {
        return ledger.read(h -> h.createQuery("SELECT * FROM asset WHERE target = :target").bind("target", target)
            .mapTo(Asset.class).one());
    }

    private Map<AssetState, Integer> tally(String dataset) {
        return ledger.assets().tally(dataset(dataset).id()).images().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
