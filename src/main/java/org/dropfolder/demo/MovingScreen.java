package org.dropfolder.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * A terminal: lines scroll up, wrapped at its width, and the last one moves and shows how far the way is. Nothing is
 * wider than the terminal. Thread safe; it draws from a thread of its own until it is closed.
 */
public final class MovingScreen implements Screen {
    /** Longer lines are hard to read, however wide the terminal is. */
    private static final int WIDEST = 120;
    private static final int MARGIN = 13;
    private static final String ERASE = "\r\u001b[K";
    private static final long FRAME_MILLIS = 100;

    private final PrintWriter out;
    private final Look look;
    private final ScheduledExecutorService frames;
    private String doing = "";
    private double share;
    private int frame;
    private boolean closed;

    /**
     * How a terminal can show things.
     *
     * @param width   columns
     * @param colours whether it may be coloured
     * @param unicode whether it has more than ASCII
     */
    public record Look(int width, boolean colours, boolean unicode) {
        /** The last column stays free: some terminals go to the next line when it is written. */
        int room() {
            return Math.max(20, width - 1);
        }
    }

    public MovingScreen(PrintWriter out, Look look) {
        this.out = out;
        this.look = look;
        this.frames = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "demo-screen");
            thread.setDaemon(true);
            return thread;
        });
        frames.scheduleAtFixedRate(this::draw, FRAME_MILLIS, FRAME_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void tell(Line line) {
        out.print(ERASE);
        if (line.label().isEmpty()) {
            wrapped(line.text(), Math.min(WIDEST, look.room())).forEach(part -> out.println(coloured(part, line.tone())));
        } else {
            labelled(line);
        }
        draw();
    }

    @Override
    public synchronized void now(String what, double part) {
        doing = what;
        share = part;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            frames.shutdownNow();
            out.print(ERASE);
            out.flush();
        }
    }

    private void labelled(Line line) {
        String margin = " ".repeat(MARGIN);
        List<String> parts = wrapped(line.text(), Math.min(WIDEST, look.room()) - MARGIN);
        for (int i = 0; i < parts.size(); i++) {
            String part = line.tone() == Line.Tone.RESULT ? coloured(parts.get(i), line.tone()) : parts.get(i);
            String label = "%s %-10s ".formatted(mark(line.tone()), line.label());
            out.println((i == 0 ? coloured(label, line.tone()) : margin) + part);
        }
    }

    private synchronized void draw() {
        if (closed || doing.isEmpty()) {
            out.flush();
            return;
        }
        String spinner = look.unicode() ? "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏" : "|/-\\";
        String turning = spinner.substring(frame % spinner.length(), frame % spinner.length() + 1);
        frame++;
        int width = Math.min(60, look.room() / 3);
        int full = (int) Math.round(width * Math.max(0, Math.min(1, share)));
        String bar = (look.unicode() ? "█" : "#").repeat(full) + (look.unicode() ? "░" : ".").repeat(width - full);
        String text = "%3d %%  %s".formatted(Math.round(share * 100), doing);
        int room = look.room() - width - 4;
        out.print(ERASE + coloured(turning + " " + bar, Line.Tone.TITLE) + "  " + (text.length() > room ? text.substring(0, room) : text));
        out.flush();
    }

    private String mark(Line.Tone tone) {
        return switch (tone) {
            case GOOD -> look.unicode() ? "✓" : "+";
            case CARE -> "!";
            case RESULT -> look.unicode() ? "★" : "*";
            default -> look.unicode() ? "·" : "-";
        };
    }

    private String coloured(String text, Line.Tone tone) {
        if (!look.colours()) {
            return text;
        }
        Style style = switch (tone) {
            case TITLE -> Style.fg_cyan;
            case PLAIN -> Style.faint;
            case GOOD -> Style.fg_green;
            case CARE -> Style.fg_yellow;
            case RESULT -> Style.bold;
        };
        return style.on() + text + Style.reset.off();
    }

    /** The text in lines of so many columns; only a word that is longer by itself is longer, such as a path. */
    static List<String> wrapped(String text, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
