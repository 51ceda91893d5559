package org.dropfolder.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReasonTest {
    private static final List<String> FAILURES = List.of("FAILED_SAFETY_CHECK", "FILE_TOO_LARGE", "INTERNAL_ERROR",
            "INVALID_CAPTION", "INVALID_IMAGE", "INVALID_ZIP", "TOO_MANY_IMAGES", "SOMETHING_NEW");
    private static final List<String> WORDS_OF_OURS = List.of("exception", "null", "stack", "byte array", "sha", "api",
            "http", "json", "dataset", "ledger", "server", "buffer", "hash", "zip", "error", "stem", "path");

    @Test
    void saysWhatWhyAndWhatToDo() {
        assertThat(all("photo.jpg")).allSatisfy(reason -> {
            assertThat(reason.text()).contains("photo.jpg").endsWith(".").doesNotContain("\n").doesNotContain("  ");
            // what to do is a sentence of its own
            assertThat(reason.text().split("\\. ")).hasSizeGreaterThanOrEqualTo(2);
            assertThat(reason.code()).matches("[A-Z_]+");
        });
    }

    @Test
    void staysShortWhateverTheNamesAre() {
        assertThat(all("x".repeat(255))).allSatisfy(reason -> assertThat(reason.text()).hasSizeLessThanOrEqualTo(300));
    }

    @Test
    void usesNoWordThatDesignersShouldNotNeed() {
        assertThat(all("photo.jpg")).allSatisfy(reason -> assertThat(WORDS_OF_OURS)
                .noneMatch(word -> reason.text().toLowerCase(Locale.ROOT).matches(".*\\b" + word + "s?\\b.*")));
    }

    @Test
    void hasACodeForEach() {
        assertThat(all("photo.jpg")).extracting(Reason::code).doesNotHaveDuplicates();
    }

    @Test
    void printsNoNameThatDisturbs() {
        assertThat(all("a\n\u202Eb.jpg")).allSatisfy(reason -> assertThat(reason.text()).contains("a??b.jpg"));
    }

    @Test
    void showsAnUnknownWordOfIdeogramsAndPrintsItSafely() {
        assertThat(Reason.refused("photo.jpg", "SOMETHING_NEW").text()).contains("\"SOMETHING_NEW\"");
        assertThat(Reason.refused("photo.jpg", "BAD\nWORD".repeat(90)).text())
                .doesNotContain("\n").hasSizeLessThan(300);
    }

    @Test
    void writesSizesAsPeopleDo() {
        assertThat(size(32_715_571)).contains("has 31.2 MB").contains("have 25 MB at most");
        assertThat(size(25 * 1024 * 1024 + 1)).contains("has 25.1 MB");
        assertThat(size(1_288_490_188)).contains("has 1.2 GB");
        assertThat(size(1_536)).contains("has 1.5 KB");
        assertThat(size(999)).contains("has 999 bytes");
    }

    @Test
    void letsThroughWhatIsSentAsItIs() {
        assertThat(Reason.of("photo.jpg", content(FileType.JPEG, Condition.WHOLE))).isEmpty();
        assertThat(Reason.of("photo.jpg", new Content(0, 0, "", FileType.OTHER, Condition.UNFINISHED)))
                .contains(Reason.empty("photo.jpg"));
        assertThat(Reason.of("photo.jpg", content(FileType.OTHER, Condition.WHOLE))).contains(Reason.notAnImage("photo.jpg"));
        assertThatIllegalArgumentException().isThrownBy(() -> Reason.of("photo.jpg", FileType.JPEG));
        assertThatIllegalArgumentException().isThrownBy(() -> Reason.of("photo.jpg", Condition.WHOLE));
    }

    private static Content content(FileType type, Condition condition) {
        return new Content(1, 0, "", type, condition);
    }

    private static String size(long bytes) {
        return Reason.tooLarge("photo.jpg", bytes, 25 * 1024 * 1024).text();
    }

    private static List<Reason> all(String name) {
        Stream<Function<String, Reason>> ours = Stream.of(Reason::empty, Reason::notAnImage,
                photo -> Reason.tooLarge(photo, 31_200_000, 25_000_000), photo -> Reason.datasetFull(photo, photo),
                Reason::withoutFolder, Reason::rewritten, Reason::takenAway, Reason::forgotten, Reason::unreadableCaption, Reason::captionTooLong,
                Reason::captionTooLate, lonely -> Reason.captionWithoutImage(lonely, "10 min"),
                caption -> Reason.captionOfCopy(caption, caption), Reason::captionOfUnused,
                Reason::folderUndecodable, Reason::folderWithControl, Reason::folderBlank, Reason::folderOfOurs);
        Stream<Function<String, Reason>> archives = Stream.of(Reason::damagedArchive, Reason::archiveOfTooMany,
                archive -> Reason.archiveTooLarge(archive, 5L << 30, 4L << 30), Reason::harmfulArchive, Reason::notTakenApart,
                archive -> Reason.archiveOfNoUse(archive, 12),
                archive -> Reason.partsLeftOut(archive, Collections.nCopies(12, archive)), Reason::partOutside,
                Reason::partLink, Reason::partLocked, Reason::partPackedOddly,
                part -> Reason.partTooLarge(part, 300L << 20, 200L << 20), Reason::partDamaged, Reason::partArchive);
        Stream<Function<String, Reason>> staying = Stream.of(Staying::link, Staying::noFile, Staying::closedFile, Staying::closedFolder,
            Staying::forbidden, Staying::archived, Staying::kept, Staying::unfinished);
        Stream<Function<String, Reason>> ideograms =
                FAILURES.stream().map(failure -> photo -> Reason.refused(photo, failure));
        Stream<Function<String, Reason>> types = Stream.of(FileType.values()).filter(type -> type.format().isEmpty())
                .filter(type -> type != FileType.OTHER).map(type -> photo -> Reason.of(photo, type));
        Stream<Function<String, Reason>> conditions = Stream.of(Condition.values())
                .filter(condition -> Reason.of("x", content(FileType.JPEG, condition)).isPresent())
                .map(condition -> photo -> Reason.of(photo, condition));
        return Stream.of(ours, archives, staying, ideograms, types, conditions).flatMap(Function.identity())
                .map(reason -> reason.apply(name)).toList();
    }
}
