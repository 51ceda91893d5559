package org.dropfolder.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the ledger promises of containers and their parts. */
abstract class ContainersContract extends LedgerBench {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    @Test
    void aContainerWaitsAndIsNoImage() {
        Asset zip = container(AssetKind.ARCHIVE, "cats/shoot.zip", "a zip");
        assertThat(zip.state()).isEqualTo(AssetState.ACCEPTED);
        assertThat(ledger.containers().waiting(zip.id())).contains(zip);
        assertThat(ledger.containers().waitingIn(zip.datasetId())).containsExactly(zip);
        assertThat(ledger.containers().due(tries -> PAUSE)).containsExactly(zip.id());
        assertThat(ledger.assets().waiting(zip.datasetId())).isEmpty();
        assertThat(ledger.assets().tally(zip.datasetId())).isEqualTo(Tally.NONE);
        assertThat(container(AssetKind.ARCHIVE, "cats/again.zip", "a zip").state()).as("its parts may be copies, it is none")
            .isEqualTo(AssetState.ACCEPTED);
    }

    @Test
    void anArrivingContainerHoldsATrainingBackAndIsNotTakenApart() {
        Asset zip = ledger.assets().arrive(arrival(AssetKind.ARCHIVE, "cats/shoot.zip", "a zip", Optional.empty()), LIMIT, FULL, TARGETS);
        assertThat(ledger.containers().waitingIn(zip.datasetId())).containsExactly(zip);
        assertThat(ledger.containers().waiting(zip.id())).isEmpty();
        assertThat(ledger.containers().due(tries -> PAUSE)).isEmpty();
    }

    @Test
    void anImageIsNoContainer() {
        Asset tom = image("cats/tom.jpg", "tom");
        assertThat(ledger.containers().waiting(tom.id())).isEmpty();
        assertThat(ledger.containers().due(tries -> PAUSE)).isEmpty();
    }

    @Test
    void aPartArrivesFromWhereItIsStagedAndOnce() {
        Asset zip = container(AssetKind.ARCHIVE, "cats/shoot.zip", "a zip");
        Asset tom = part(zip, 7, "cats/shoot.zip/tom.jpg", "tom").orElseThrow();
        assertThat(tom.state()).isEqualTo(AssetState.ARRIVING);
        assertThat(tom.movingFrom()).contains(".unpacking/" + zip.id() + "-7");
        assertThat(tom.target()).isEqualTo("pending/" + tom.id() + "-tom.jpg");
        assertThat(part(zip, 7, "cats/shoot.zip/tom.jpg", "tom")).isEmpty();
        assertThat(ledger.containers().parts(zip)).containsExactly(7);
        assertThat(rest(tom).state()).isEqualTo(AssetState.ACCEPTED);
        assertThat(claim("cats").images()).extracting(Asset::id).containsExactly(tom.id());
    }

    @Test
    void aPartArrivesThoughAFileIsOnItsWayFromAPlaceOfThatName() {
        Asset original = container(AssetKind.ORIGINAL, "cats/tom.bmp", "a bitmap");
        arrive("cats/tom.png", "another tom");
        assertThat(rest(part(original, 0, "cats/tom.png", "tom").orElseThrow()).state()).isEqualTo(AssetState.ACCEPTED);
        assertThat(ledger.assets().arrivingFrom("cats/tom.png")).hasValueSatisfying(
            dropped -> assertThat(dropped.sha256()).isEqualTo("sha of another tom"));
    }

    @Test
    void partsAreJudgedLikeDroppedFiles() {
        image("cats/tom.jpg", "tom");
        Asset zip = container(AssetKind.ARCHIVE, "cats/shoot.zip", "a zip");
        assertThat(part(zip, 0, "cats/shoot.zip/copy.jpg", "tom").orElseThrow().becomes()).isEqualTo(AssetState.DUPLICATE);
        assertThat(ledger.containers().wasOfUse(zip)).as("what was there already is of use").isTrue();
        Asset other = container(AssetKind.ARCHIVE, "cats/other.zip", "another");
        Asset broken = part(other, 0, arrival(AssetKind.IMAGE, "cats/other.zip/b.jpg", "b", Optional.of("broken"))).orElseThrow();
        assertThat(rest(broken).state()).isEqualTo(AssetState.REJECTED);
        part(other, 1, arrival(AssetKind.CAPTION, "cats/other.zip/b.txt", "a cat", Optional.empty())).map(this::rest);
        assertThat(ledger.containers().wasOfUse(other)).isFalse();
    }

    @Test
    void aContainerThatIsDoneGoesWithWhatWasLeftInIt() {
        Asset zip = container(AssetKind.ARCHIVE, "cats/shoot.zip", "a zip");
        rest(part(zip, 0, "cats/shoot.zip/tom.jpg", "tom").orElseThrow());
        List<Asset> moves = ledger.containers().done(zip, Optional.of("a.psd stayed in it"), Optional.of("a.psd: why"), TARGETS);
        assertThat(moves).singleElement().satisfies(move -> {
            assertThat(move.target()).isEqualTo("done/" + zip.id() + "-shoot.zip");
            assertThat(move.reason()).contains("a.psd stayed in it");
        });
        moves.forEach(this::rest);
        assertThat(now(zip).state()).isEqualTo(AssetState.UPLOADED);
        assertThat(ledger.containers().done(zip, Optional.empty(), Optional.empty(), TARGETS)).as("once").isEmpty();
        assertThat(part(zip, 1, "cats/shoot.zip/tim.jpg", "tim")).as("it has no more parts").isEmpty();
        assertThat(ledger.containers().waitingIn(zip.datasetId())).isEmpty();
        assertThat(ledger.assets().tally(zip.datasetId())).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 1)));
        assertThat(history("cats").get(0)).contains("shoot.zip");
        assertThat(ledger.listings().partlyUsed(zip.datasetId(), 1)).isEqualTo(new Listings.Listing<>(1, List.of(now(zip))));
        assertThat(ledger.listings().partlyUsed(zip.datasetId() + 1, 1).count()).isZero();
    }

    @Test
    void aContainerThatIsTakenUpInVainRestsUntilItGivesAPart() {
        Asset zip = container(AssetKind.ARCHIVE, "cats/shoot.zip", "a zip");
        assertThat(ledger.containers().takenUp(zip)).isEqualTo(1);
        assertThat(ledger.containers().takenUp(zip)).isEqualTo(2);
        assertThat(ledger.containers().due(tries -> PAUSE.multipliedBy(tries))).isEmpty();
        clock.pass(PAUSE);
        assertThat(ledger.containers().due(tries -> PAUSE.multipliedBy(tries))).containsExactly(zip.id());
        part(zip, 0, "cats/shoot.zip/tom.jpg", "tom");
        assertThat(ledger.containers().takenUp(zip)).isEqualTo(1);
        ledger.containers().forgive(zip);
        assertThat(ledger.containers().takenUp(zip)).isEqualTo(1);
    }

    @Test
    void aContainerOfAnotherContentHasOtherParts() {
        Asset zip = container(AssetKind.ARCHIVE, "cats/shoot.zip", "a zip");
        part(zip, 0, "cats/shoot.zip/tom.jpg", "tom");
        ledger.containers().changed(zip, arrival(AssetKind.ARCHIVE, "cats/shoot.zip", "a zip", Optional.empty()));
        assertThat(ledger.containers().parts(zip)).as("touched only").containsExactly(0);
        ledger.containers().changed(zip, arrival(AssetKind.ARCHIVE, "cats/shoot.zip", "another zip", Optional.empty()));
        assertThat(ledger.containers().parts(zip)).isEmpty();
        assertThat(now(zip).sha256()).isEqualTo("sha of another zip");
    }

    @Test
    void aContainerThatWasSetAsideIsTakenUpAgain() {
        Asset zip = container(AssetKind.ARCHIVE, "cats/shoot.zip", "a zip");
        Asset part = rest(part(zip, 0, arrival(AssetKind.IMAGE, "cats/shoot.zip/b.jpg", "b", Optional.of("broken"))).orElseThrow());
        ledger.assets().setAside(zip, "nothing of use", TARGETS).forEach(this::rest);
        assertThat(ledger.aside().of(zip.datasetId())).extracting(Asset::id).containsExactly(zip.id(), part.id());
        Arrival again = arrival(AssetKind.ARCHIVE, "cats/shoot.zip", "a zip", Optional.empty());
        rest(ledger.aside().arriveAgain(now(zip), again, LIMIT, FULL, TARGETS).orElseThrow());
        assertThat(ledger.containers().waiting(zip.id())).isPresent();
        assertThat(ledger.containers().parts(zip)).containsExactly(0);
    }

    @Test
    void whatWasSetAsideMayTurnOutToBeAContainer() {
        Asset bitmap = unusable("cats/tom.bmp", "a bitmap");
        Arrival again = arrival(AssetKind.ORIGINAL, "cats/tom.bmp", "a bitmap", Optional.empty());
        rest(ledger.aside().arriveAgain(bitmap, again, LIMIT, FULL, TARGETS).orElseThrow());
        assertThat(ledger.containers().waiting(bitmap.id())).isPresent();
        assertThat(ledger.assets().tally(bitmap.datasetId())).isEqualTo(Tally.NONE);
    }

    @Test
    void aCaptionWaitsForAnImageThatIsStillInAContainer() {
        caption("cats/tom.txt", "a cat");
        Asset bitmap = container(AssetKind.ORIGINAL, "cats/tom.bmp", "a bitmap");
        Asset zip = container(AssetKind.ARCHIVE, "cats/shoot.zip", "a zip");
        rest(part(zip, 1, arrival(AssetKind.CAPTION, "cats/shoot.zip/tim.txt", "another cat", Optional.empty())).orElseThrow());
        assertThat(ledger.captions().lonely(clock.instant().plusMillis(1))).isEmpty();
        ledger.assets().setAside(bitmap, "can't be opened", TARGETS);
        ledger.containers().done(zip, Optional.empty(), Optional.empty(), TARGETS);
        assertThat(ledger.captions().lonely(clock.instant().plusMillis(1))).hasSize(2);
    }

    @Test
    void aLostLedgerKnowsContainersByWhereTheyLie() {
        List<Find> finds = List.of(
            new Find(arrival(AssetKind.ARCHIVE, "cats/a.zip", "a", Optional.empty()), "done/1-a.zip", AssetState.UPLOADED),
            new Find(arrival(AssetKind.ARCHIVE, "cats/b.zip", "b", Optional.empty()), "pending/2-b.zip", AssetState.ACCEPTED),
            new Find(arrival(AssetKind.ARCHIVE, "cats/c.zip", "c", Optional.of("why")), "rejected/c.zip", AssetState.REJECTED));
        assertThat(ledger.finds().takeUp(finds, any -> true, TARGETS)).isEmpty();
        assertThat(ledger.containers().waitingIn(dataset("cats").id())).extracting(Asset::target).containsExactly("pending/2-b.zip");
        assertThat(ledger.assets().tally(dataset("cats").id())).isEqualTo(Tally.NONE);
    }
}
