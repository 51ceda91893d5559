package org.dropfolder.cli;

import java.io.PrintWriter;
import org.dropfolder.server.Messenger;
import picocli.CommandLine.Model.CommandSpec;

/** How a command tells what became of an order. */
final class Replies {
    private Replies() { }

    /** Prints it in one line, and answers the exit code. */
    static int tell(CommandSpec spec, Messenger.Reply reply) {
        PrintWriter where = reply.done() ? spec.commandLine().getOut() : spec.commandLine().getErr();
        where.println((reply.done() ? "" : "dropfolder: ") + reply.message().replaceAll("\\p{Cntrl}+", " "));
        where.flush();
        return reply.done() ? 0 : 1;
    }
}
