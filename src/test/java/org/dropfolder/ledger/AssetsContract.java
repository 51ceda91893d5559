package org.dropfolder.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the ledger promises of dropped files. */
abstract class AssetsContract extends FiguresContract {
    @Test
    void writesDownAnArrivalBeforeItIsMoved() {
        Asset asset = arrive("cats/tom.jpg", "tom");
        assertThat(asset.state()).isEqualTo(AssetState.ARRIVING);
        assertThat(asset.becomes()).isEqualTo(AssetState.ACCEPTED);
        assertThat(asset.target()).isEqualTo("pending/" + asset.id() + "-tom.jpg");
        assertThat(ledger.assets().arrivingFrom("cats/tom.jpg")).contains(asset);
        assertThat(ledger.assets().waiting(asset.datasetId())).isEmpty();

        assertThat(rest(asset).state()).isEqualTo(AssetState.ACCEPTED);
        assertThat(ledger.assets().arrivingFrom("cats/tom.jpg")).isEmpty();
        assertThat(ledger.assets().waiting(asset.datasetId())).containsExactly(now(asset));
    }

    @Test
    void restsOnceHoweverOftenItIsTold() {
        Asset first = image("cats/tom.jpg", "tom");
        upload("cats");
        Asset duplicate = arrive("cats/again.jpg", "tom");
        Asset moving = rest(duplicate);
        assertThat(rest(duplicate)).isEqualTo(moving);
        Asset rested = rest(moving);
        assertThat(rest(duplicate)).isEqualTo(rested);
        assertThat(rest(first)).isEqualTo(now(first));
    }

    @Test
    void forgetsWhatWasTakenAwayBeforeItsMoveAndNothingElse() {
        Asset gone = arrive("cats/tom.jpg", "tom");
        ledger.assets().withdrawn(gone);
        Asset here = image("cats/tim.jpg", "tim");
        ledger.assets().withdrawn(here);
        assertThat(ledger.assets().tally(here.datasetId())).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 1)));
        assertThat(image("cats/tom.jpg", "tom").state()).isEqualTo(AssetState.ACCEPTED);
    }

    @Test
    void aSecondCopyOfAContentIsADuplicate() {
        Asset first = image("cats/tom.jpg", "tom");
        Asset second = image("cats/other name.jpg", "tom");
        assertThat(second.state()).isEqualTo(AssetState.DUPLICATE);
        assertThat(second.firstId()).contains(first.id());
        assertThat(image("dogs/tom.jpg", "tom").state()).isEqualTo(AssetState.ACCEPTED);
        assertThat(claim("cats").images()).extracting(Asset::id).containsExactly(first.id());
    }

    @Test
    void aDuplicateSharesTheFateOfItsFirstCopy() {
        image("cats/tom.jpg", "tom");
        Asset rested = image("cats/rested.jpg", "tom");
        Asset underWay = arrive("cats/under way.jpg", "tom");
        upload("cats");
        Asset late = image("cats/late.jpg", "tom");
        for (Asset duplicate : List.of(now(rested), rest(rest(underWay)), rest(late))) {
            assertThat(duplicate.state()).isEqualTo(AssetState.DUPLICATE);
            assertThat(duplicate.target()).isEqualTo("done/" + duplicate.id() + "-" + duplicate.name());
            assertThat(duplicate.movingFrom()).isEmpty();
        }
    }

    @Test
    void aDuplicateOfARefusedImageIsSetAsideWithIt() {
        Asset first = image("cats/tom.jpg", "tom");
        Asset rested = image("cats/rested.jpg", "tom");
        Asset underWay = arrive("cats/under way.jpg", "tom");
        Batch batch = send("cats").batch();
        List<Asset> moves = ledger.batches().uploaded(batch, new Fates(Map.of(first.id(), "unsafe"), Set.of()), TARGETS);
        assertThat(moves).extracting(Asset::target).containsExactly("rejected/tom.jpg", "rejected/rested.jpg");
        for (Asset asset : List.of(now(first), now(rested), rest(underWay))) {
            assertThat(asset.state()).isEqualTo(AssetState.REJECTED);
            assertThat(asset.reason()).contains("unsafe");
            assertThat(asset.movingFrom()).contains("pending/" + asset.id() + "-" + asset.name());
        }
    }

    @Test
    void aDuplicateIsSetAsideWithAWaitingImage() {
        Asset first = image("cats/tom.jpg", "tom");
        Asset duplicate = image("cats/again.jpg", "tom");
        assertThat(ledger.assets().setAside(first, "no room", TARGETS)).extracting(Asset::id)
            .containsExactly(first.id(), duplicate.id());
        assertThat(now(duplicate).state()).isEqualTo(AssetState.REJECTED);
        assertThat(now(duplicate).reason()).contains("no room");
        assertThat(ledger.assets().setAside(first, "again", TARGETS)).isEmpty();
        assertThat(now(first).reason()).contains("no room");
    }

    @Test
    void aDuplicateTakesThePlaceOfAFirstCopyThatNeverCame() {
        Asset first = arrive("cats/tom.jpg", "tom");
        Asset heir = image("cats/tom2.jpg", "tom");
        Asset next = arrive("cats/tom3.jpg", "tom");
        ledger.assets().withdrawn(first);
        assertThat(now(heir).state()).isEqualTo(AssetState.ACCEPTED);
        assertThat(rest(next).firstId()).contains(heir.id());
        assertThat(claim("cats").images()).singleElement()
            .satisfies(image -> assertThat(image.sentName()).contains("tom2.jpg"));
    }

    @Test
    void aDuplicateTakesThePlaceOfAFirstCopyThatChanged() {
        Asset first = image("cats/tom.jpg", "tom");
        Asset heir = arrive("cats/tom2.jpg", "tom");
        Asset changed = change(first, "tim");
        assertThat(changed.state()).isEqualTo(AssetState.ACCEPTED);
        assertThat(rest(heir).state()).isEqualTo(AssetState.ACCEPTED);
        assertThat(claim("cats").images()).extracting(Asset::sha256).containsExactly("sha of tim", "sha of tom");
    }

    @Test
    void aDuplicateTakesThePlaceOfAFirstCopyThatIsLost() {
        Asset first = image("cats/tom.jpg", "tom");
        Asset heir = image("cats/tom2.jpg", "tom");
        assertThat(ledger.assets().lost(first, "taken away", TARGETS)).extracting(Asset::id).containsExactly(first.id());
        assertThat(now(first).state()).isEqualTo(AssetState.REJECTED);
        assertThat(claim("cats").images()).extracting(Asset::id).containsExactly(heir.id());
    }

    @Test
    void aChangedImageMayBecomeADuplicate() {
        Asset first = image("cats/tom.jpg", "tom");
        Asset second = image("cats/tim.jpg", "tim");
        Asset changed = change(second, "tom");
        assertThat(changed.state()).isEqualTo(AssetState.DUPLICATE);
        assertThat(changed.firstId()).contains(first.id());
        assertThat(change(first, "tom").state()).as("touched only").isEqualTo(AssetState.ACCEPTED);
        assertThat(image("cats/tim2.jpg", "tim").state()).isEqualTo(AssetState.ACCEPTED);
    }

    @Test
    void remembersWhichVersionWasRead() {
        Arrival plain = arrival(AssetKind.IMAGE, "cats/tom.jpg", "tom", Optional.empty());
        Arrival arrival = new Arrival(plain.dataset(), plain.kind(), plain.source(), plain.stem(), plain.size(), plain.modified(),
            "\"etag-2\"", plain.sha256(), plain.crc32(), plain.sentNames(), plain.caption(), plain.reason());
        ledger.assets().arrive(arrival, LIMIT, FULL, TARGETS);
        assertThat(ledger.assets().arrivingFrom("cats/tom.jpg").orElseThrow().version()).isEqualTo("\"etag-2\"");
    }

    @Test
    void rejectedContentMayBeDroppedAgain() {
        unusable("cats/tom.jpg", "tom");
        Asset again = image("cats/tom.jpg", "tom");
        assertThat(again.state()).isEqualTo(AssetState.ACCEPTED);
        ledger.batches().uploaded(send("cats").batch(), new Fates(Map.of(again.id(), "unsafe"), Set.of()), TARGETS).forEach(this::rest);
        assertThat(image("cats/tom.jpg", "tom").state()).isEqualTo(AssetState.ACCEPTED);
    }

    @Test
    void twoImagesOfOneNameGetTwoNames() {
        assertThat(image("cats/a/photo.jpg", "tom").sentName()).contains("photo.jpg");
        assertThat(image("cats/b/Photo.JPG", "tim").sentName()).contains("Photo-tim.JPG");
        assertThat(image("cats/c/photo.png", "kim").sentName()).as("a caption is matched by its stem").contains("photo-kim.png");
        assertThat(image("dogs/photo.jpg", "rex").sentName()).contains("photo.jpg");
    }

    @Test
    void namesAnImageEvenWhereAllItsNamesAreTaken() {
        image("cats/tom.jpg", "one");
        image("cats/tom-three.jpg", "two");
        Asset third = image("cats/a/tom.jpg", "three");
        assertThat(third.sentName()).contains(third.id() + "-tom.jpg");
    }

    @Test
    void the101stImageIsSetAside() {
        for (int i = 0; i < LIMIT; i++) {
            arrive("cats/" + i + ".jpg", "picture " + i);
        }
        Asset tooMany = image("cats/more.jpg", "more");
        assertThat(tooMany.state()).isEqualTo(AssetState.REJECTED);
        assertThat(tooMany.reason()).contains(FULL);
        assertThat(image("cats/copy.jpg", "picture 7").state()).as("a copy takes no room").isEqualTo(AssetState.DUPLICATE);
        assertThat(image("dogs/more.jpg", "more").state()).isEqualTo(AssetState.ACCEPTED);
    }

    @Test
    void givesNoPlaceTwice() {
        Asset first = unusable("cats/a/tom.jpg", "tom");
        Asset second = unusable("cats/b/tom.jpg", "tim");
        assertThat(first.target()).isEqualTo("rejected/tom.jpg");
        assertThat(second.target()).isEqualTo("rejected/" + second.id() + "-tom.jpg");
    }

    @Test
    void knowsWhichMovesAreNotDone() {
        Asset arriving = arrive("cats/tom.jpg", "tom");
        clock.pass(Duration.ofSeconds(1));
        Asset aside = image("cats/tim.jpg", "tim");
        ledger.assets().setAside(aside, "why", TARGETS);
        image("cats/kim.jpg", "kim");
        assertThat(ledger.assets().unmoved(clock.instant(), 9)).containsExactly(arriving);
        clock.pass(Duration.ofMillis(1));
        assertThat(ledger.assets().unmoved(clock.instant(), 9)).containsExactly(arriving, now(aside));
        assertThat(ledger.assets().unmoved(clock.instant(), 1)).containsExactly(arriving);
    }

    @Test
    void knowsWhichCaptionsAreLonely() {
        Asset lonely = caption("cats/tom.txt", "a cat");
        caption("cats/tim.txt", "another cat");
        arrive("cats/tim.jpg", "tim");
        caption("dogs/tom.txt", "a dog");
        image("dogs/tom.jpg", "rex");
        assertThat(ledger.captions().lonely(clock.instant())).isEmpty();
        assertThat(ledger.captions().lonely(clock.instant().plusMillis(1))).containsExactly(lonely);
        assertThat(ledger.assets().waitingCaptions(lonely.datasetId())).hasSize(2).contains(lonely);
        upload("dogs");
        assertThat(ledger.assets().waitingCaptions(dataset("dogs").id())).isEmpty();
    }

    @Test
    void knowsWhichDatasetsShouldHaveGone() {
        image("cats/tom.jpg", "tom");
        caption("dogs/rex.txt", "only a caption");
        image("cows/emma.jpg", "emma");
        claim("cows");
        ledger.datasets().troubled(image("birds/tweety.jpg", "tweety").datasetId(), "why",
            clock.instant().plus(Duration.ofMinutes(1)));
        assertThat(ledger.assets().overdueDatasets(clock.instant())).isEmpty();
        clock.pass(Duration.ofSeconds(10));
        assertThat(ledger.assets().overdueDatasets(clock.instant())).containsExactly("cats");
        clock.pass(Duration.ofMinutes(1));
        assertThat(ledger.assets().overdueDatasets(clock.instant())).containsExactlyInAnyOrder("cats", "birds");
    }

    @Test
    void thoseThatArriveInOneTransactionAreJudgedAsIfOneCameAfterTheOther() {
        assertThat(outcome("together", true)).isEqualTo(outcome("alone", false)).hasSize(LIMIT + 9);
    }

    @Test
    void soTheyAreWhereAFullDatasetIsFollowedByTheNext() {
        ledger.datasets().letOverflow(name -> List.of("remote " + name));
        assertThat(outcome("together", true)).isEqualTo(outcome("alone", false)).hasSize(LIMIT + 9);
    }

    /** What becomes of copies, equal names, captions, what is set aside, and more than the dataset holds; without ids, and without its name. */
    private List<String> outcome(String dataset, boolean together) {
        image(dataset + "/there.jpg", dataset + " there");
        List<Arrival> arrivals = new ArrayList<>();
        for (int i = 0; i < LIMIT; i++) {
            arrivals.add(arrival(AssetKind.IMAGE, dataset + "/" + i + ".jpg", dataset + i, Optional.empty()));
        }
        arrivals.add(7, arrival(AssetKind.IMAGE, dataset + "/copy.jpg", dataset + 3, Optional.empty()));
        arrivals.add(8, arrival(AssetKind.IMAGE, dataset + "/copied.jpg", dataset + " there", Optional.empty()));
        arrivals.add(9, arrival(AssetKind.IMAGE, dataset + "/sub/3.jpg", dataset + " of the same name", Optional.empty()));
        arrivals.add(10, arrival(AssetKind.IMAGE, dataset + "/bad.jpg", dataset + " bad", Optional.of("unusable")));
        arrivals.add(11, arrival(AssetKind.IMAGE, dataset + "/sub/bad.jpg", dataset + " bad", Optional.of("unusable")));
        arrivals.add(12, arrival(AssetKind.CAPTION, dataset + "/5.txt", "five", Optional.empty()));
        arrivals.add(arrival(AssetKind.CAPTION, dataset + "/99.txt", "late", Optional.empty()));
        arrivals.add(arrival(AssetKind.IMAGE, dataset + "/late copy.jpg", dataset + 99, Optional.empty()));
        arrivals.add(arrival(AssetKind.IMAGE, dataset + "/too late.jpg", dataset + " too late", Optional.empty()));
        Entries.Capacity capacity = ledger.datasets().capacity(LIMIT, FULL);
        Targets targets = (rests, id, name) -> dataset + "/" + TARGETS.of(rests, id, name);
        List<Asset> assets = together ? ledger.write(h -> ledger.assets().arrive(h, arrivals.stream()
                .map(each -> new Entries.New(each, Optional.empty(), capacity, targets)).toList()))
            : arrivals.stream().map(each -> ledger.assets().arrive(each, LIMIT, FULL, targets)).toList();
        return assets.stream().map(asset -> {
            Asset now = now(asset);
            String first = now.firstId().map(id -> ledger.read(h -> Assets.get(h, id)).source()).orElse("none");
            return String.join(" | ", now.source(), ledger.datasets().nameOf(now.datasetId()), now.becomes().name(),
                now.sentName().orElse("none"), first, now.reason().orElse("none"), now.target())
                .replace(String.valueOf(now.id()) + "-", "ID-").replace(dataset, "SET");
        }).toList();
    }

    private Asset change(Asset image, String content) {
        return ledger.assets().changed(image, content.length(), clock.instant(), "sha of " + content,
            content.hashCode(), TARGETS);
    }
}
