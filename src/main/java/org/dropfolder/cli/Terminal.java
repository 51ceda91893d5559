package org.dropfolder.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.Charset;
import java.util.Map;
import org.dropfolder.demo.MovingScreen;
import org.dropfolder.demo.PlainScreen;
import org.dropfolder.demo.Screen;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What the command was started in, and what that can show.
 *
 * @param moves whether it is a terminal that can take away what it showed
 * @param look  how it shows things
 */
record Terminal(boolean moves, MovingScreen.Look look) {

    /** @param environment the process's: NO_COLOR and TERM=dumb count */
    static Terminal here(Map<String, String> environment) {
        boolean noColour = environment.containsKey("NO_COLOR");
        // picocli knows which consoles understand escapes, but calls one without colours none
        boolean moves = isConsole() && !environment.getOrDefault("TERM", "").equals("dumb") && (Ansi.AUTO.enabled() || noColour);
        Charset charset = Charset.forName(System.getProperty("stdout.encoding",
            System.getProperty("sun.stdout.encoding", Charset.defaultCharset().name())));
        return new Terminal(moves, new MovingScreen.Look(moves ? width() : 80, !noColour, charset.newEncoder().canEncode('█')));
    }

    Screen screen(PrintWriter out) {
        return moves ? new MovingScreen(out, look) : new PlainScreen(out);
    }

    /** Picocli asks the system, by stty or mode. */
    private static int width() {
        CommandSpec spec = new CommandLine(CommandSpec.create()).getCommandSpec();
        return spec.usageMessage().autoWidth(true).width();
    }

    private static boolean isConsole() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // from Java 22 on there is a console in a pipe, too, and this tells
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException older) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException broken) {
            return false;
        }
    }
}
