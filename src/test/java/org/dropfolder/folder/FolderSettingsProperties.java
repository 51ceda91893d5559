package org.dropfolder.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever a folder's file says, money is spent no more freely than the server lets it. */
class FolderSettingsProperties {
    private static final SettingsReader READER = new SettingsReader();

    @Property
    void isNeverLooserThanTheServer(@ForAll("files") String text, @ForAll @IntRange(min = 15, max = 100) int images, @ForAll Start start,
            @ForAll("retrain") Optional<Integer> retrain) {
        FolderSettings settings;
        try {
            settings = READER.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (FaultyFileException e) {
            return; // nothing is trained
        }
        assertThat(settings.images(images)).isBetween(images, 100);
        assertThat(settings.start(start)).isGreaterThanOrEqualTo(start);
        assertThat(settings.retrain(retrain)).satisfies(more -> {
            assertThat(more.isPresent() && retrain.isEmpty()).isFalse();
            more.ifPresent(after -> assertThat(after).isGreaterThanOrEqualTo(retrain.orElseThrow()));
        });
        assertThat(FolderSettings.of(settings.json())).isEqualTo(settings);
    }

    @Provide
    Arbitrary<Optional<Integer>> retrain() {
        return Arbitraries.integers().between(1, 85).optional();
    }

    @Provide
    Arbitrary<String> files() {
        Arbitrary<String> key = Arbitraries.of("name", "images", "start", "retrain", "hold", "steps", "lora-rank", "ema", "learning-rate");
        Arbitrary<String> value = Arbitraries.oneOf(Arbitraries.integers().between(-10, 12_000).map(String::valueOf),
            Arbitraries.doubles().map(String::valueOf), Arbitraries.of("off", "auto", "careful", "approve", "true", "false", "Garden Roses", "64", "128", "1e2"));
        Arbitrary<String> line = Combinators.combine(key, value).as((setting, to) -> setting + ": " + to + "\n");
        return line.list().ofMaxSize(3).map(lines -> String.join("", lines));
    }
}
