package org.dropfolder.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.dropfolder.server.Server;
import org.dropfolder.server.Settings;
import org.dropfolder.server.SettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import picocli.CommandLine;

/** The command line: finds the command, runs it, and says in one line what went wrong. */
@Command(name = "dropfolder", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Drop images into a folder named for a model; get the model.",
        synopsisSubcommandLabel = "[COMMAND [OPTIONS]]",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:it failed", "2:wrong usage or wrong settings"},
        footer = {"", "Examples:", "  dropfolder run --simulate        try it: nothing is paid, and no key is needed",
            "  dropfolder doctor                whether all is well here, and what to do",
            "  dropfolder status                what is where",
                "  dropfolder status photo.jpg      where this file is", "  dropfolder explain garden        why there is no model of it yet",
            "", "Each COMMAND explains its options with --help.",
            "Settings: config/application.properties names and explains them all.",
            "DROPFOLDER_DEBUG=1 in the environment shows stack traces."})
public final class Dropfolder {
    private static final Path SETTINGS = Path.of("config", "application.properties");
    private static final Set<String> ABOUT = Set.of("-h", "--help", "-V", "--version");

    private static final int USUAL = 80;
    private static final int NARROWEST = 60;

    private final CommandLine commands = new CommandLine(this);
    /** By their names, in the order of the help. */
    private final Map<String, Supplier<Object>> subcommands = new LinkedHashMap<>();
    private final Map<String, String> environment;
    private final boolean debug;

    private Dropfolder() {
        this(Server::run, SETTINGS, System.getenv());
    }

    /**
     * @param server      runs until it is stopped, and answers the exit code
     * @param settings    the file of the settings
     * @param environment the process's
     */
    Dropfolder(ToIntFunction<Settings> server, Path settings, Map<String, String> environment) {
        debug = environment.containsKey("DROPFOLDER_DEBUG");
        this.environment = environment;
        subcommands.put("run", () -> new RunCommand(server, new SettingsOptions(settings, environment)));
        subcommands.put("demo", () -> new DemoCommand(new SettingsOptions(settings, environment)));
        subcommands.put("status", () -> new StatusCommand(new WhichRun(settings, environment)));
        subcommands.put("explain", () -> new ExplainCommand(new WhichRun(settings, environment)));
        subcommands.put("history", () -> new HistoryCommand(new WhichRun(settings, environment)));
        subcommands.put("doctor", () -> new DoctorCommand(new WhichRun(settings, environment)));
        subcommands.put("train", () -> new TrainCommand(new WhichRun(settings, environment)));
        subcommands.put("retry", () -> new RetryCommand(new WhichRun(settings, environment)));
    }

    /** Takes up the command that is asked for alone, where it is one: to read what all of them say of themselves takes a tenth of a start. */
    private void takeUp(String first) {
        if (subcommands.containsKey(first)) {
            commands.addSubcommand(subcommands.get(first).get());
        } else {
            subcommands.values().forEach(subcommand -> commands.addSubcommand(subcommand.get()));
            commands.addSubcommand(new CompletionCommand());
        }
        // each of these is for the commands that are there
        commands.setOut(commands.getOut()).setErr(commands.getErr())
                .setUsageHelpAutoWidth(!environment.containsKey("COLUMNS"))
                .setUsageHelpWidth(width(environment.getOrDefault("COLUMNS", "")))
                // a file or folder may begin with @
                .setExpandAtFiles(false)
                // so that the help says -D KEY=VALUE, where -D=KEY=VALUE would puzzle
                .setSeparator(" ")
                .setParameterExceptionHandler((wrong, arguments) -> misused(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure));
    }

    /**
     * Ends the JVM only where something went wrong. After a clean end nothing keeps it running; and when a signal ended it,
     * an exit here would wait for the shutdown hook that waits for this thread.
     */
    public static void main(String[] arguments) {
        int exitCode = execute(arguments);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** Does what {@code arguments} say, and returns the exit code: 0 done, 1 it failed, 2 wrong usage or wrong settings. */
    public static int execute(String... arguments) {
        return new Dropfolder().executeHere(arguments);
    }

    int executeHere(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        if (line.isEmpty() || line.get(0).startsWith("-") && !ABOUT.contains(line.get(0))) {
            line.add(0, "run");
        }
        takeUp(line.get(0));
        try {
            return commands.execute(line.toArray(String[]::new));
        } catch (LinkageError broken) {
            // SQLite's native part that can't be loaded is one; uncaught, it would leave the threads of a half-started server
            return failed(broken);
        }
    }

    /** For whoever reads what is printed. */
    Dropfolder printingTo(PrintWriter out, PrintWriter err) {
        commands.setOut(out).setErr(err);
        return this;
    }

    /** Of what is printed for people; where nobody says, the terminal does, if there is one. */
    private static int width(String columns) {
        int told = columns.matches("\\d{1,4}") ? Integer.parseInt(columns) : USUAL;
        return Math.max(NARROWEST, told);
    }

    /** Names an option without its value, which may be a secret that was put in the wrong place. */
    private int misused(ParameterException wrong) {
        String what = wrong instanceof UnmatchedArgumentException unmatched
                ? "there is no command or option '%s'".formatted(unmatched.getUnmatched().get(0).replaceFirst("=.*", ""))
                : wrong.getMessage().replace("option option", "option");
        return say(2, what + "; 'dropfolder --help' shows what there is");
    }

    private int failed(Throwable failure) {
        if (debug) {
            failure.printStackTrace(commands.getErr());
        }
        if (failure instanceof SettingsException) {
            return say(2, failure.getMessage());
        }
        return say(1, failure.getMessage() == null ? "it failed with " + failure.getClass().getName() : failure.getMessage());
    }

    private int say(int exitCode, String what) {
        commands.getErr().println("dropfolder: " + what.replaceAll("\\p{Cntrl}+", " "));
        commands.getErr().flush();
        return exitCode;
    }
}
