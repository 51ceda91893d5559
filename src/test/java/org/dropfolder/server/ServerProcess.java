package org.dropfolder.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged jar as a process of its own, in a folder that holds {@code routes/} and {@code config/}. */
final class ServerProcess implements AutoCloseable {
    private final Path output;
    private final Process process;

    private ServerProcess(Path output, Process process) {
        this.output = output;
        this.process = process;
    }

    /** Lays out what the jar needs in an empty folder. */
    static void layOut(Path folder) throws IOException {
        for (String needed : List.of("routes", "config")) {
            Path copy = Files.createDirectory(folder.resolve(needed));
            try (Stream<Path> files = Files.list(Path.of(needed))) {
                for (Path file : files.toList()) {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            }
        }
    }

    /** Starts it; the environment has only what is given here, and what a Java needs. */
    static ServerProcess start(Path folder, Map<String, String> environment, List<String> jvm, String... arguments) {
        return start(folder, environment, jvm, System.getProperty("packaged.jar"), arguments);
    }

    /** The same with what the build has made beside it, as the README says. */
    static ServerProcess startAsBuilt(Path folder, Map<String, String> environment, List<String> jvm, String... arguments) throws IOException {
        Path built = folder.resolve("target");
        if (!Files.exists(built)) {
            Files.createSymbolicLink(built, Path.of(System.getProperty("packaged.jar")).toAbsolutePath().getParent());
        }
        List<String> options = new ArrayList<>(List.of("@target/java.options"));
        options.addAll(jvm);
        return start(folder, environment, options, "target/dropfolder.jar", arguments);
    }

    private static ServerProcess start(Path folder, Map<String, String> environment, List<String> jvm, String jar, String... arguments) {
        List<String> line = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        line.addAll(jvm);
        line.addAll(List.of("-jar", jar));
        line.addAll(Arrays.asList(arguments));
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile())
            .redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("DROPFOLDER") || name.startsWith("IDEOGRAM"));
        builder.environment().putAll(environment);
        try {
            return new ServerProcess(output, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it printed until now. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its page is, as its output says. */
    String page() {
        Matcher page = Pattern.compile("Page: (http://[^/]+)/").matcher(output());
        if (!page.find()) {
            throw new IllegalStateException("It did not say where its page is: " + output());
        }
        return page.group(1);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** The most memory that the process ever had, as Linux tells it. */
    String peak() throws IOException {
        OptionalLong kilobytes = told("VmHWM");
        return kilobytes.isPresent() ? kilobytes.getAsLong() / 1024 + " MB" : "an unknown amount";
    }

    /** How many threads it has now, the machine's own among them; 0 where no Linux tells it. */
    long threads() throws IOException {
        return told("Threads").orElse(0);
    }

    private OptionalLong told(String what) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid()), "status");
        if (!Files.exists(status)) {
            return OptionalLong.empty();
        }
        return Files.readAllLines(status).stream().filter(line -> line.startsWith(what + ":"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst();
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Waits for its end and answers its exit code; -1 if it does not end within the time. */
    int exitCode(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** Whether it ends by itself within this time. */
    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Kills it, as {@code kill -9} does. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }
}
