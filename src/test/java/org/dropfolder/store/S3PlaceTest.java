package org.dropfolder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3PlaceTest {
    private static final S3Place INBOX = S3Place.of("s3://photos/team/inbox/");

    @Test
    void readsAnAddress() {
        assertThat(S3Place.of("s3://photos")).isEqualTo(new S3Place("photos", ""));
        assertThat(S3Place.of("s3://photos/")).isEqualTo(new S3Place("photos", ""));
        assertThat(INBOX).isEqualTo(new S3Place("photos", "team/inbox/")).hasToString("s3://photos/team/inbox/");
        assertThat(S3Place.isMeant("s3://photos")).isTrue();
        assertThat(S3Place.isMeant("inbox")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://", "s3:photos", "s3://a", "S3://photos/inbox", "inbox", "s3://photos/a//b", "s3://photos/../b",
        "s3://pho tos/a"})
    void refusesWhatIsNone(String address) {
        assertThatIllegalArgumentException().isThrownBy(() -> S3Place.of(address)).withMessageContaining("Could not use");
    }

    @Test
    void hasAKeyForEachLocation() {
        for (String location : new String[] {"cats/tom.jpg", "tom.jpg", " /+%41&=?#.jpg", "cats/\u732b\uD83D\uDE00\u0001.jpg"}) {
            assertThat(INBOX.key(location)).isEqualTo("team/inbox/" + location);
            assertThat(INBOX.location("team/inbox/" + location)).contains(location);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"team/inbox/", "team/inbox/cats/", "team/inbox//tom.jpg", "team/inbox/cats//tom.jpg",
        "team/inbox/cats/../tom.jpg", "team/inbox/./tom.jpg", "team/other/tom.jpg", "team/inbox"})
    void hasNoLocationForAKeyThatNoFolderCouldHold(String key) {
        assertThat(INBOX.location(key)).isEmpty();
    }

    @Test
    void hasNoLocationInAFolderWhoseNameIsLongerThanADiskCouldHave() {
        assertThat(INBOX.location("team/inbox/" + "x".repeat(255) + "/tom.jpg")).isPresent();
        assertThat(INBOX.location("team/inbox/" + "x".repeat(256) + "/tom.jpg")).isEmpty();
    }

    @Test
    void knowsWhenOneLiesInTheOther() {
        assertThat(INBOX.overlaps(S3Place.of("s3://photos"))).isTrue();
        assertThat(S3Place.of("s3://photos/team").overlaps(INBOX)).isTrue();
        assertThat(INBOX.overlaps(INBOX)).isTrue();
        assertThat(INBOX.overlaps(S3Place.of("s3://photos/team/inbox-2"))).isFalse();
        assertThat(INBOX.overlaps(S3Place.of("s3://others/team/inbox"))).isFalse();
    }

    @Test
    void neverShowsASecret() {
        S3Access access = new S3Access(Optional.of("eu-central-1"), Optional.of(URI.create("https://s3.example")), true,
            Optional.of(new S3Access.Keys("AKIA", "hidden")));
        assertThat(access.toString()).contains("s3.example").doesNotContain("AKIA", "hidden");
    }
}
