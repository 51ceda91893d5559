package org.dropfolder.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dropfolder.image.ImageFormat;
import org.dropfolder.image.Look;
import org.dropfolder.image.PerceptualHash;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetKind;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Picture;
import org.junit.jupiter.api.Test;

/** What is found, and how serious it is, of pictures whose measures are known. */
class PreflightTest {
    private static final int NEEDED = 15;
    private static final Look.Light LIGHT = new Look.Light(0.5, 0.2, 0.01, 0.01);
    private static final Look.Texture TEXTURE = new Look.Texture(0.8, 0.1, 3000);

    private final List<Picture> pictures = new ArrayList<>();

    @Test
    void saysNothingAgainstGoodPictures() {
        good(20);
        assertThat(preflight().findings()).isEmpty();
        assertThat(preflight().serious()).isFalse();
        assertThat(preflight().summary()).isEqualTo("Nothing speaks against these 20 pictures.");
    }

    @Test
    void gathersTwinsInGroupsAndMindsThemWhereTooFewAreLeft() {
        good(15);
        add(look(0), Optional.empty());
        add(look(0), Optional.empty());
        add(look(3), Optional.empty());
        Finding twins = only(Finding.Kind.TWINS);
        assertThat(twins.groups()).extracting(group -> group.stream().map(Asset::id).toList())
            .containsExactly(List.of(0L, 15L, 16L), List.of(3L, 17L));
        assertThat(twins.serious()).as("15 different ones are left").isFalse();
        pictures.remove(14);
        assertThat(only(Finding.Kind.TWINS).serious()).isTrue();
        assertThat(only(Finding.Kind.TWINS).what()).isEqualTo("5 pictures are nearly the same as another, in 2 groups. "
            + "Without them there are only 14 of the 15 that a training takes.");
    }

    @Test
    void whatResemblesATwinIsOfItsGroup() {
        long[] steps = {0, 0xFFF, 0xFFF_FFF};
        for (long step : steps) {
            add(new Look(ImageFormat.JPEG, 1500, 1200, 1, true, 0, LIGHT, TEXTURE, new PerceptualHash(List.of(step))), Optional.empty());
        }
        assertThat(only(Finding.Kind.TWINS).groups()).singleElement().satisfies(group -> assertThat(group).hasSize(3));
    }

    @Test
    void takesPicturesOfAQuarterOfAMegapixelForSeriouslySmall() {
        good(15);
        size(511, 512);
        assertThat(only(Finding.Kind.SMALL)).satisfies(finding -> assertThat(finding.serious()).isTrue());
        pictures.remove(15);
        size(512, 512);
        size(1280, 720);
        assertThat(only(Finding.Kind.SMALL)).satisfies(finding -> assertThat(finding.serious()).isFalse());
        assertThat(only(Finding.Kind.SMALL).pictures()).hasSize(2);
    }

    @Test
    void mindsAFewBlurredPicturesLessThanMany() {
        good(17);
        add(textured(new Look.Texture(0.05, 0.1, 3000)), Optional.empty());
        assertThat(only(Finding.Kind.BLURRED).serious()).isFalse();
        IntStream.range(0, 4).forEach(i -> add(textured(new Look.Texture(0.05, 0.1, 3000)), Optional.empty()));
        assertThat(only(Finding.Kind.BLURRED).serious()).isTrue();
    }

    @Test
    void callsWhatIsEmptyNothingElse() {
        good(15);
        add(lit(new Look.Light(0.99, 0.001, 0, 1)), Optional.empty());
        add(lit(new Look.Light(0.99, 0.001, 0, 1)), Optional.empty());
        assertThat(only(Finding.Kind.EMPTY).serious()).isTrue();
    }

    @Test
    void findsWhatIsTooDarkAndTooBright() {
        good(15);
        add(lit(new Look.Light(0.05, 0.1, 0.5, 0)), Optional.empty());
        add(lit(new Look.Light(0.95, 0.1, 0, 0.9)), Optional.empty());
        assertThat(kinds()).containsExactly(Finding.Kind.DARK, Finding.Kind.BRIGHT);
        assertThat(preflight().serious()).isFalse();
    }

    @Test
    void takesOneCameraHeldBothWaysForOneProportionAndAStripForAnother() {
        good(14);
        size(1200, 1800);
        assertThat(kinds()).isEmpty();
        size(6000, 1000);
        assertThat(only(Finding.Kind.PROPORTIONS).pictures()).extracting(Asset::id).containsExactly(15L);
    }

    @Test
    void countsAProportionAsItIsLookedAt() {
        IntStream.range(0, 15).forEach(i -> add(new Look(ImageFormat.JPEG, 2000, 1000, 1, true, 0, LIGHT, TEXTURE, hash(i)), Optional.empty()));
        add(new Look(ImageFormat.JPEG, 1000, 2000, 6, true, 0, LIGHT, TEXTURE, hash(40)), Optional.empty());
        assertThat(kinds()).containsExactly(Finding.Kind.TURNED);
    }

    @Test
    void findsScreenshotsAmongPhotosButNotAmongPaintings() {
        good(15);
        add(screenshot(50), Optional.empty());
        assertThat(only(Finding.Kind.SCREENSHOTS).serious()).isTrue();
        pictures.clear();
        IntStream.range(0, 15).forEach(i -> add(screenshot(i), Optional.empty()));
        assertThat(kinds()).isEmpty();
    }

    @Test
    void takesAFlatPhotographOfACameraForNone() {
        good(15);
        add(new Look(ImageFormat.JPEG, 1920, 1080, 1, true, 0, LIGHT, new Look.Texture(0.8, 0.9, 200), hash(50)), Optional.empty());
        assertThat(kinds()).isEmpty();
    }

    @Test
    void findsWhatIsTransparent() {
        good(15);
        add(new Look(ImageFormat.PNG, 1500, 1200, 1, false, 0.3, LIGHT, TEXTURE, hash(50)), Optional.empty());
        assertThat(kinds()).containsExactly(Finding.Kind.TRANSPARENT);
    }

    @Test
    void mindsCaptionsOnlyWhereThereAreSome() {
        IntStream.range(0, 10).forEach(i -> add(look(i), Optional.of("picture " + i)));
        assertThat(kinds()).isEmpty();
        add(look(10), Optional.empty());
        assertThat(only(Finding.Kind.NO_CAPTION).pictures()).extracting(Asset::id).containsExactly(10L);
    }

    @Test
    void findsTheSameCaptionForManyAndOverlongOnes() {
        IntStream.range(0, 3).forEach(i -> add(look(i), Optional.of("Garden ")));
        IntStream.range(3, 6).forEach(i -> add(look(i), Optional.of("picture " + i)));
        assertThat(only(Finding.Kind.SAME_CAPTION).pictures()).hasSize(3);
        add(look(6), Optional.of("x".repeat(1001)));
        assertThat(kinds()).as("3 of 7 are no half").containsExactly(Finding.Kind.LONG_CAPTION);
    }

    @Test
    void saysWhatWasNotMeasuredAndTakesItSeriouslyWhereItIsTheHalf() {
        good(15);
        pictures.add(new Picture(asset(20), Optional.empty(), Optional.empty()));
        pictures.add(new Picture(asset(21), Optional.empty(), Optional.of("of another version")));
        assertThat(only(Finding.Kind.UNMEASURED).pictures()).extracting(Asset::id).containsExactly(20L, 21L);
        assertThat(preflight().serious()).isFalse();
        IntStream.range(22, 40).forEach(i -> pictures.add(new Picture(asset(i), Optional.empty(), Optional.empty())));
        assertThat(preflight().serious()).isTrue();
    }

    @Test
    void putsTheSeriousFirstAndSumsAllUpInALine() {
        good(15);
        add(new Look(ImageFormat.PNG, 300, 240, 1, false, 0.3, LIGHT, TEXTURE, hash(50)), Optional.empty());
        add(look(2), Optional.empty());
        assertThat(kinds()).containsExactly(Finding.Kind.SMALL, Finding.Kind.TWINS, Finding.Kind.TRANSPARENT);
        assertThat(preflight().summary()).isEqualTo("3 findings, 1 serious: small (1), near-twins (2), transparent (1).");
    }

    private void good(int count) {
        IntStream.range(0, count).forEach(i -> add(look(i), Optional.empty()));
    }

    private void size(int width, int height) {
        add(new Look(ImageFormat.JPEG, width, height, 1, true, 0, LIGHT, TEXTURE, hash(60 + pictures.size())), Optional.empty());
    }

    private void add(Look look, Optional<String> caption) {
        pictures.add(new Picture(asset(pictures.size()), caption, Optional.of(look.written())));
    }

    private static Look look(int number) {
        return new Look(ImageFormat.JPEG, 1500, 1200, 1, true, 0, LIGHT, TEXTURE, hash(number));
    }

    private Look lit(Look.Light light) {
        return new Look(ImageFormat.JPEG, 1500, 1200, 1, true, 0, light, TEXTURE, hash(60 + pictures.size()));
    }

    private Look textured(Look.Texture texture) {
        return new Look(ImageFormat.JPEG, 1500, 1200, 1, true, 0, LIGHT, texture, hash(60 + pictures.size()));
    }

    private static Look screenshot(int number) {
        return new Look(ImageFormat.PNG, 1920, 1080, 1, false, 0, LIGHT, new Look.Texture(2, 0.9, 300), hash(number));
    }

    /** Numbers spread over all bits differ in half of them. */
    private static PerceptualHash hash(int number) {
        return new PerceptualHash(List.of(new Random(number).nextLong()));
    }

    private static Asset asset(long id) {
        return new Asset(id, 1, AssetKind.IMAGE, AssetState.UPLOADED, AssetState.ACCEPTED, "garden/" + id + ".jpg", "done/garden/" + id + ".jpg",
            Optional.empty(), "garden/" + id, 1, Instant.EPOCH, "", "sha of " + id, 1, Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), 0, Optional.empty(), Instant.EPOCH);
    }

    private Preflight preflight() {
        return Preflight.of(pictures, NEEDED);
    }

    private Stream<Finding> all() {
        return preflight().findings().stream();
    }

    private List<Finding.Kind> kinds() {
        return all().map(Finding::kind).toList();
    }

    private Finding only(Finding.Kind kind) {
        assertThat(kinds()).containsExactly(kind);
        return all().findFirst().orElseThrow();
    }
}
