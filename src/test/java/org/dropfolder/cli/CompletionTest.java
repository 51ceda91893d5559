package org.dropfolder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bash makes of the script when somebody types, and presses the tab key. */
class CompletionTest {
    @TempDir
    private Path folder;

    @Test
    void aBashCompletesCommandsAndOptions() throws Exception {
        assertThat(typed("dropfolder exp\tcats\n")).contains("called: explain cats");
        assertThat(typed("dropfolder doc\t\n")).contains("called: doctor");
        assertThat(typed("dropfolder status --js\t\n")).contains("called: status --json");
        assertThat(typed("dropfolder run --si\t\n")).contains("called: run --simulate");
        assertThat(typed("dropfolder completion z\t\n")).contains("called: completion zsh");
    }

    /** A real bash, with a function of this name as users have it. */
    private String typed(String keys) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("completion.sh"), script());
        Path input = Files.writeString(folder.resolve("keys"), "dropfolder() { echo \"called: $*\"; }\nsource " + script + "\n" + keys + "exit\n");
        Path output = folder.resolve("output");
        Process bash = new ProcessBuilder("bash", "--norc", "--noprofile", "-i").redirectInput(input.toFile())
            .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static String script() {
        StringWriter out = new StringWriter();
        int exitCode = new Dropfolder(settings -> 1, Path.of("nowhere"), Map.of())
            .printingTo(new PrintWriter(out, true), new PrintWriter(out, true)).executeHere("completion");
        assertThat(exitCode).isZero();
        return out.toString();
    }
}
