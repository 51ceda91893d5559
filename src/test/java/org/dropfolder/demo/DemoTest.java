package org.dropfolder.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.dropfolder.server.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir
    private Path scratch;
    private final StringWriter shown = new StringWriter();

    @Test
    void saysWhatItWaitedForWhereNoModelComesOut() {
        Demo demo = demo("dropfolder.training.daily", "0");
        assertThatExceptionOfType(NoModelException.class).isThrownBy(demo::play)
            .withMessageStartingWith("No model came out, and nothing new happened for 10 s. What it waits for: ")
            .withMessageContainingAll("0", "dropfolder.log");
        assertThat(shown.toString()).contains("uploaded   batch 2").doesNotContain("received");
    }

    @Test
    void stopsBeforeItDropsAnythingWhenItIsToldSo() throws Exception {
        Demo demo = demo("dropfolder.poll.delay", "1s");
        demo.stop(Duration.ZERO);
        assertThat(demo.play()).isFalse();
        assertThat(shown.toString()).contains("stopped    before the model came.").doesNotContain("dropped");
    }

    private Demo demo(String key, String value) {
        Map<String, String> set = new HashMap<>(Demo.pace());
        set.putAll(Demo.folders(scratch));
        set.put(key, value);
        return new Demo(Settings.simulated(Path.of("config/application.properties"), set, Map.of()), scratch,
            new PlainScreen(new PrintWriter(shown)), Duration.ofSeconds(10));
    }
}
