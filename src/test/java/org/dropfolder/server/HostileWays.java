package org.dropfolder.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** The ways in which files are written badly, each with a name. */
final class HostileWays {
    /** A pause in which a file does not stand still yet. */
    static final Duration SHORT = Duration.ofMillis(40);
    /** A pause after which it does. */
    static final Duration LONG = Duration.ofMillis(900);

    private final Map<String, BiConsumer<HostileFile, Script>> ways = new LinkedHashMap<>();

    private HostileWays() { }

    /** Ways that end before the file is whole, or begin anew with another. */
    static Map<String, BiConsumer<HostileFile, Script>> ofArriving() {
        HostileWays all = new HostileWays();
        all.pieces();
        all.preallocated();
        all.names();
        all.replaced();
        all.moved();
        return all.ways;
    }

    /** Ways that go on once the server took the file, and before it sent it. */
    static Map<String, BiConsumer<HostileFile, Script>> ofGoingOn() {
        HostileWays all = new HostileWays();
        all.afterItWasTaken();
        return all.ways;
    }

    private void pieces() {
        ways.put("at once", (file, script) -> script.then(() -> file.write(file.path(), file.last())));
        ways.put("in 12 pieces, fast", (file, script) -> pieces(file, script, SHORT, 12));
        ways.put("with pauses longer than settle", (file, script) -> pieces(file, script, LONG, 4));
        ways.put("half, until another was sent", (file, script) -> halves(file, script.then(file::open), 0, 1));
        ways.put("an archive, with pauses", (file, script) -> archive(file, script.then(file::open), LONG));
        ways.put("empty for a while", (file, script) -> {
            script.then(file::open).after(LONG, () -> file.rewrite(file.last())).then(file::close);
        });
        ways.put("touched again and again", (file, script) -> {
            script.then(() -> file.write(file.path(), file.last()));
            for (int i = 0; i < 10; i++) {
                Instant time = Instant.ofEpochSecond(i);
                script.after(SHORT, () -> file.setTime(FileTime.from(time)));
            }
        });
    }

    private void preallocated() {
        ways.put("full size at first, front to back", (file, script) -> segments(file, script, LONG, 0, 1, 2, 3));
        ways.put("full size at first, back to front", (file, script) -> segments(file, script, LONG, 3, 2, 1, 0));
        ways.put("an archive, full size at first", (file, script) -> archive(file, script.then(() -> file.preallocate(file.archive().length)), SHORT));
        ways.put("full size, half until another was sent", (file, script) -> halves(file, script.then(() -> file.preallocate(HostileFile.BYTES)), 0, 1));
        ways.put("its end, until another was sent", (file, script) -> halves(file, script.then(() -> file.preallocate(HostileFile.BYTES)), 1, 0));
        ways.put("full size and its time at first", (file, script) -> {
            byte[] bytes = file.last();
            script.then(() -> file.preallocate(HostileFile.BYTES)).then(file::setTime);
            for (int i = 0; i < 10; i++) {
                int part = i;
                script.after(SHORT, () -> file.part(bytes, part, 10)).then(file::setTime);
            }
            script.then(file::close);
        });
    }

    private void names() {
        renamed("a .part file", name -> name + ".part");
        renamed("a .tmp file", name -> name + ".tmp");
        renamed("a .crdownload file", name -> name + ".crdownload");
        renamed("a ~ file", name -> "~" + name);
        renamed("a hidden file, as rsync's", name -> "." + name + ".Xy7bQz");
    }

    private void replaced() {
        ways.put("another over it, before it is taken", (file, script) -> script
            .then(() -> file.write(file.path(), file.passing())).after(SHORT, () -> file.write(file.path(), file.last())));
        ways.put("another over it, after it was taken", (file, script) -> script
            .then(() -> file.write(file.path(), file.last())).once(file::isTaken, () -> file.write(file.path(), file.last(1, ""))));
        ways.put("another renamed onto it", (file, script) -> script.then(() -> file.write(file.path(), file.passing()))
            .then(() -> file.write(file.beside(file.name() + ".tmp"), file.last()))
            .after(SHORT, () -> Files.move(file.beside(file.name() + ".tmp"), file.path(), ATOMIC_MOVE)));
        ways.put("deleted half, and written anew", (file, script) -> script.then(file::open)
            .then(() -> file.part(file.passing(), 0, 2)).then(file::close).after(LONG, () -> Files.delete(file.path()))
            .after(SHORT, () -> file.write(file.path(), file.last())));
        ways.put("cut to nothing, and written anew", (file, script) -> script.then(file::open)
            .then(() -> file.rewrite(file.passing())).after(SHORT, file::truncate)
            .after(LONG, () -> file.rewriteWhereItLay(file.last())).then(file::close));
        ways.put("another of its size and time", (file, script) -> script.then(file::open)
            .then(() -> file.rewrite(file.passing())).then(file::setTime)
            .after(SHORT, () -> file.rewriteWhereItLay(file.last())).then(file::setTime).then(file::close));
    }

    private void moved() {
        ways.put("a folder moved in whole, with old dates", (file, script) -> script.then(() -> {
            Path folder = file.elsewhere().resolve("shoot");
            file.write(folder.resolve("raw").resolve(file.name()), file.last());
            Files.setLastModifiedTime(folder.resolve("raw").resolve(file.name()), FileTime.from(Instant.EPOCH));
            Files.createDirectories(file.path().getParent());
            Files.move(folder, file.beside("shoot of " + file.name()));
        }));
        ways.put("a date that has not come", (file, script) -> script.then(() -> {
            file.write(file.path(), file.last());
            Files.setLastModifiedTime(file.path(), FileTime.from(Instant.now().plus(Duration.ofDays(4000))));
        }));
        ways.put("linked, and its first name deleted", (file, script) -> script.then(() -> {
            Path first = file.elsewhere().resolve("first");
            file.write(first, file.last());
            Files.createDirectories(file.path().getParent());
            Files.createLink(file.path(), first);
            Files.delete(first);
        }));
        ways.put("its folder goes away, and comes back", (file, script) -> {
            byte[] bytes = file.last();
            script.then(file::open).then(() -> file.part(bytes, 0, 2))
                .after(LONG, () -> Files.move(file.path().getParent(), file.elsewhere().resolve("away")))
                .after(LONG, () -> file.part(bytes, 1, 2)).then(file::close)
                .then(() -> Files.move(file.elsewhere().resolve("away"), file.path().getParent()));
        });
    }

    private void afterItWasTaken() {
        ways.put("another through the open handle", (file, script) -> script.then(file::open)
            .then(() -> file.rewrite(file.passing())).once(file::isTaken, () -> file.rewrite(file.last())).then(file::close));
        ways.put("the rest after it was set aside", (file, script) -> {
            byte[] bytes = file.last();
            script.then(file::open).then(() -> file.part(bytes, 0, 2)).once(file::isTaken, () -> file.part(bytes, 1, 2))
                .then(file::close);
        });
        ways.put("a copy that becomes another", (file, script) -> script
            .then(() -> file.write(file.beside("first of " + file.name()), file.last(0, "")))
            .once(() -> !Files.exists(file.beside("first of " + file.name())), file::open)
            .then(() -> file.rewrite(file.last(0, ""))).once(file::isTaken, () -> file.rewrite(file.last(1, ""))).then(file::close));
        ways.put("a caption that grows after it was taken", (file, script) -> {
            Path caption = file.beside(file.name().replaceFirst("[.][^.]*$", ".txt"));
            FileChannel[] open = new FileChannel[1];
            script.then(() -> Files.createDirectories(caption.getParent()))
                .then(() -> open[0] = FileChannel.open(caption, StandardOpenOption.WRITE, StandardOpenOption.CREATE))
                .then(() -> open[0].write(ByteBuffer.wrap("half a ".getBytes(UTF_8))))
                .once(() -> !Files.exists(caption), () -> file.write(file.path(), file.last(0, "half a caption")))
                .then(() -> open[0].write(ByteBuffer.wrap("caption".getBytes(UTF_8)))).then(() -> open[0].close());
        });
    }

    private void renamed(String name, UnaryOperator<String> temporary) {
        ways.put(name, (file, script) -> {
            byte[] bytes = file.last();
            Path half = file.beside(temporary.apply(file.name()));
            script.then(() -> file.write(half, Arrays.copyOf(bytes, bytes.length / 2)))
                .after(LONG, () -> file.write(half, bytes))
                .after(SHORT, () -> Files.move(half, file.path(), REPLACE_EXISTING));
        });
    }

    private static void pieces(HostileFile file, Script script, Duration pause, int count) {
        byte[] bytes = file.last();
        script.then(file::open);
        for (int i = 0; i < count; i++) {
            int part = i;
            script.after(pause, () -> file.part(bytes, part, count));
        }
        script.then(file::close);
    }

    private static void halves(HostileFile file, Script script, int first, int second) {
        byte[] bytes = file.last();
        script.then(() -> file.part(bytes, first, 2)).after(LONG, file::witness)
            .once(file::witnessWasSent, () -> file.part(bytes, second, 2)).then(file::close);
    }

    /** Its bytes under an image's name: what it is, its content tells. */
    private static void archive(HostileFile file, Script script, Duration pause) {
        byte[] bytes = file.archive();
        for (int i = 0; i < 4; i++) {
            int part = i;
            script.after(pause, () -> file.part(bytes, part, 4));
        }
        script.then(file::close);
    }

    private static void segments(HostileFile file, Script script, Duration pause, int... order) {
        byte[] bytes = file.last();
        script.then(() -> file.preallocate(HostileFile.BYTES));
        for (int part : order) {
            script.after(pause, () -> file.part(bytes, part, order.length));
        }
        script.then(file::close);
    }
}
