package org.dropfolder.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.dropfolder.demo.Demo;
import org.dropfolder.demo.Screen;
import org.dropfolder.server.Settings;
import org.dropfolder.server.SettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dropfolder demo}: the whole way once, with pictures that it paints, against the simulator. */
@Command(name = "demo", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Paints pictures, drops them into a scratch folder, and shows each step until the model is there. Ideogram's "
            + "side is simulated: nothing leaves this machine, nothing is paid, and no key is needed.")
final class DemoCommand implements Callable<Integer> {
    /** Many times what a step takes on a slow machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** As long as a server that stops may take. */
    private static final Duration END = Duration.ofSeconds(15);

    @Mixin
    private final SettingsOptions options;

    @Spec
    private CommandSpec spec;

    DemoCommand(SettingsOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() throws IOException {
        // what is set wrong is told before anything is made
        options.simulated();
        Path scratch = Files.createTempDirectory("dropfolder-").toRealPath();
        Demo demo = new Demo(settings(scratch), scratch, screen(), PATIENCE);
        Thread stop = new Thread(() -> stop(demo), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            return demo.play() ? 0 : 1;
        } finally {
            forget(stop);
        }
    }

    private Settings settings(Path scratch) throws IOException {
        Map<String, String> own = new HashMap<>(Demo.pace());
        own.putAll(Demo.folders(scratch));
        Settings settings = options.simulated(own);
        Settings.Folders folders = settings.folders();
        if (settings.bucket().isPresent() || !folders.inboxFolder().startsWith(scratch) || !folders.data().startsWith(scratch)
            || !folders.ledgerUrl().contains(scratch.toString())) {
            Files.delete(scratch);
            throw new SettingsException("the demo works in a scratch folder of its own: leave dropfolder.inbox, dropfolder.data and "
                + "dropfolder.ledger out, or use 'run --simulate'");
        }
        return settings;
    }

    private Screen screen() {
        return Terminal.here(System.getenv()).screen(spec.commandLine().getOut());
    }

    /** On a signal: the JVM ends once this has. */
    private static void stop(Demo demo) {
        try {
            demo.stop(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread stop) {
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException ending) {
            // a signal ended it, and the hook is what waits for this
        }
    }
}
