package org.dropfolder.demo;

import java.io.PrintWriter;

/** Lines of text and nothing else: for a pipe, a file, and terminals that can't do more. Thread safe. */
public final class PlainScreen implements Screen {
    private final PrintWriter out;

    public PlainScreen(PrintWriter out) {
        this.out = out;
    }

    @Override
    public synchronized void tell(Line line) {
        String label = line.label().isEmpty() ? "" : "%-10s ".formatted(line.label());
        out.println(label + line.text());
        out.flush();
    }

    @Override
    public void now(String doing, double share) {
        // what is told does not go away in a file
    }

    @Override
    public void close() {
        out.flush();
    }
}
