package org.dropfolder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.dropfolder.server.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands, options, exit codes, and the one line that says what went wrong. */
class DropfolderTest {
    private final List<Settings> runs = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path settings = Path.of("config", "application.properties");
    private ToIntFunction<Settings> server = given -> {
        runs.add(given);
        return 0;
    };

    @ParameterizedTest
    @ValueSource(strings = {"", "run"})
    void runsTheServerAlsoWithoutACommand(String line) {
        assertThat(execute(line)).isZero();
        assertThat(runs).singleElement().satisfies(run -> assertThat(run.simulated()).isFalse());
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--simulate", "run --simulate"})
    void runsAgainstTheSimulator(String line) {
        assertThat(execute(line)).isZero();
        assertThat(runs).singleElement().satisfies(run -> assertThat(run.simulated()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"run -Ddropfolder.inbox=a=b -Ddropfolder.scan=2s", "run -D dropfolder.inbox=a=b -D dropfolder.scan=2s",
        "-Ddropfolder.inbox=a=b -D dropfolder.scan=2s"})
    void passesSettingsOnInEitherSpelling(String line) {
        assertThat(execute(line)).isZero();
        assertThat(runs.get(0).asProperties()).containsEntry("dropfolder.inbox", "a=b").containsEntry("dropfolder.scan", "2s");
    }

    @Test
    void takesSettingsOfTheJvmBehindThoseOfTheCommand() {
        System.setProperty("dropfolder.settle", "7s");
        System.setProperty("dropfolder.scan", "7s");
        try {
            execute("run -Ddropfolder.scan=8s");
        } finally {
            System.clearProperty("dropfolder.settle");
            System.clearProperty("dropfolder.scan");
        }
        assertThat(runs.get(0).asProperties()).containsEntry("dropfolder.settle", "7s").containsEntry("dropfolder.scan", "8s");
    }

    @Test
    void readsTheEnvironment() {
        environment.put("DROPFOLDER_SCAN", "9s");

        execute("run");

        assertThat(runs.get(0).asProperties()).containsEntry("dropfolder.scan", "9s");
    }

    @Test
    void returnsTheServersExitCode() {
        server = given -> 1;

        assertThat(execute("run")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rnu", "run now", "--simulat", "run --frobnicate", "run -Dnovalue", "run -D", "-Da=b run", "@file",
        "run --simulate=yes"})
    void endsWrongUsageWithTwoAndOneLine(String line) {
        assertThat(execute(line)).isEqualTo(2);
        assertThat(err.toString()).startsWith("dropfolder: ").contains("dropfolder --help").hasLineCount(1);
        assertThat(runs).isEmpty();
    }

    @Test
    void namesTheCommandThatThereIsNot() {
        execute("rnu");

        assertThat(err.toString()).contains("'rnu'");
    }

    @Test
    void doesNotRepeatAValueThatMayBeSecret() {
        assertThat(execute("run --ideogram.api-key=very-secret")).isEqualTo(2);
        assertThat(err.toString()).contains("'--ideogram.api-key'").doesNotContain("very-secret");
    }

    @Test
    void endsWrongSettingsWithTwoAndOneLine() {
        assertThat(execute("run -Ddropfolder.batch.wait=soon")).isEqualTo(2);
        assertThat(err.toString()).startsWith("dropfolder: dropfolder.batch.wait from -D is 'soon', but must be ").hasLineCount(1);
        assertThat(runs).isEmpty();
    }

    @Test
    void endsWithTwoWhereTheKeyIsMissing() {
        server = given -> given.requireKey().reveal().length();

        assertThat(execute("run")).isEqualTo(2);
        assertThat(err.toString()).startsWith("dropfolder: ideogram.api-key is not set").hasLineCount(1);
    }

    @Test
    void endsWithTwoOutsideItsFolder() {
        settings = Path.of("nowhere", "application.properties");

        assertThat(execute("run")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no ").contains("start in the folder that holds").hasLineCount(1);
    }

    @Test
    void endsAnyOtherFailureWithOneAndOneLine() {
        server = given -> {
            throw new IllegalStateException("could not open the ledger:\nit is locked");
        };

        assertThat(execute("run")).isEqualTo(1);
        assertThat(err.toString()).isEqualToIgnoringNewLines("dropfolder: could not open the ledger: it is locked");
    }

    @Test
    void namesAFailureThatSaysNothing() {
        server = given -> {
            throw new UnsupportedOperationException();
        };

        assertThat(execute("run")).isEqualTo(1);
        assertThat(err.toString()).contains("java.lang.UnsupportedOperationException").hasLineCount(1);
    }

    @Test
    void endsWithOneWhereAPartOfTheJvmCanNotBeLoaded() {
        server = given -> {
            throw new UnsatisfiedLinkError("no sqlitejdbc");
        };

        assertThat(execute("run")).isEqualTo(1);
        assertThat(err.toString()).contains("no sqlitejdbc").hasLineCount(1);
    }

    @Test
    void showsTheStackTraceWhenAsked() {
        environment.put("DROPFOLDER_DEBUG", "1");
        server = given -> {
            throw new IllegalStateException("broken");
        };

        assertThat(execute("run")).isEqualTo(1);
        assertThat(err.toString()).contains("\tat org.dropfolder.cli.").contains("dropfolder: broken");
    }

    @Test
    void explainsCommandsAndExitCodes() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString()).contains("run").contains("0   done", "1   it failed", "2   wrong usage or wrong settings");

        assertThat(execute("run --help")).isZero();
        assertThat(out.toString()).contains("--simulate", "-D KEY=VALUE");
        assertThat(runs).isEmpty();
    }

    @Test
    void tellsItsVersion() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).startsWith("dropfolder ").hasLineCount(1);
    }

    private int execute(String line) {
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
        return new Dropfolder(server, settings, environment)
                .printingTo(new PrintWriter(out, true), new PrintWriter(err, true)).executeHere(arguments);
    }
}
