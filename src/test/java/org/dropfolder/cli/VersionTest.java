package org.dropfolder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a user reads out when something is wrong. */
class VersionTest {
    @Test
    void namesTheCommitAndWhetherMoreWasThere() {
        assertThat(Version.told("1.2.3", "1a2b3c4", "false")).isEqualTo("dropfolder 1.2.3 (commit 1a2b3c4)");
        assertThat(Version.told("1.2.3", "1a2b3c4", "true")).isEqualTo("dropfolder 1.2.3 (commit 1a2b3c4, changed since)");
    }

    @Test
    void isSilentOfACommitThatTheBuildDidNotKnow() {
        assertThat(Version.told("1.2.3", "", "")).isEqualTo("dropfolder 1.2.3");
    }

    @Test
    void isFilledInByTheBuildAlsoWithoutAJar() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String version = pom.replaceFirst("(?s).*?<artifactId>dropfolder</artifactId>\\s*<version>(.*?)</version>.*", "$1");

        assertThat(new Version().getVersion()).singleElement().asString()
            .matches("dropfolder \\Q" + version + "\\E( \\(commit [0-9a-f]{7,40}(, changed since)?\\))?");
    }
}
