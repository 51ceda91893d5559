package org.dropfolder.corpus;

import static org.dropfolder.corpus.Bytes.from;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.dropfolder.RawNames;

/** What only a disk can have. */
final class DiskRows {
    private DiskRows() { }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        links(rows);
        kinds(rows);
        times(rows);
        writers(rows);
        return rows;
    }

    private static void links(List<Row> rows) {
        rows.add(leftAs("a link to a file", "link.png", "link", folder -> Files.createSymbolicLink(folder.resolve("link.png"), Path.of("/etc/hostname"))));
        rows.add(leftAs("a link to nothing", "link.png", "link", folder -> Files.createSymbolicLink(folder.resolve("link.png"), Path.of("nowhere.png"))));
        rows.add(leftAs("a link to itself", "link.png", "link", folder -> Files.createSymbolicLink(folder.resolve("link.png"), Path.of("link.png"))));
        rows.add(leftAs("a link to the folder it lies in", "again", "link", folder -> Files.createSymbolicLink(folder.resolve("again"), folder)));
        rows.add(leftAs("a link to a folder of the system", "system", "link", folder -> Files.createSymbolicLink(folder.resolve("system"), Path.of("/etc"))));
        rows.add(Row.that("a second name of one file").drop("photo.png", Pngs.plain(401)).sent().onDisk(folder ->
            Files.createLink(Files.createDirectories(folder.resolve("x")).resolve("same.png"), Files.write(folder.resolve(".hard"), Pngs.plain(402))))
            .file("x/same.png", Pngs.plain(402)).sent().file(".hard", Pngs.plain(402)).stays());
    }

    private static void kinds(List<Row> rows) {
        rows.add(leftAs("a pipe", "pipe.png", "other", folder -> command("mkfifo", folder.resolve("pipe.png").toString())));
        rows.add(leftAs("a socket", "s.png", "other", DiskRows::socket));
        if (!readsAll()) {
            rows.add(leftAs("a file that may not be read", "closed.png", "unreadable", folder -> Files.setPosixFilePermissions(
                Files.write(folder.resolve("closed.png"), Pngs.plain(403)), PosixFilePermissions.fromString("---------"))));
        }
        rows.add(Row.that("a name of an old camera, which is no letters").onDisk(folder -> RawNames.write(folder, "f\\374r.png", Pngs.plain(406)))
            .file("f.png", Pngs.plain(406)).sentAs("~f.?r\\.png"));
        rows.add(Row.that("a folder below of an old camera stays, since no Java can look into it").onDisk(folder -> RawNames.folder(folder, "f\\374r", "a.png", Pngs.plain(407)))
            .file("f\ufffdr/a.png", Pngs.plain(407)).stays());
        rows.add(Row.that("an empty folder holds nothing up").drop("photo.png", Pngs.plain(404)).sent()
            .onDisk(folder -> Files.createDirectories(folder.resolve("empty/emptier"))));
    }

    private static void times(List<Row> rows) {
        rows.add(timed("a file of long ago", Instant.parse("1980-01-01T00:00:00Z")));
        rows.add(timed("a file of the future", Instant.parse("2090-01-01T00:00:00Z")));
        rows.add(timed("a file of before 1970", Instant.parse("1960-01-01T00:00:00Z")));
    }

    private static void writers(List<Row> rows) {
        byte[] png = Pngs.of(Paint.noise(60, 60));
        rows.add(Row.that("a file that is written in two halves, with a pause").onDisk(folder -> {
            Path file = Files.write(folder.resolve("slow.png"), Bytes.cut(png, 50));
            later(900, () -> Files.write(file, from(png, png.length * 50 / 100), StandardOpenOption.APPEND));
        }).file("slow.png", png).sent());
        rows.add(Row.that("a file whose space is there before its bytes").onDisk(folder -> {
            Path file = Files.write(folder.resolve("slow.png"), new byte[png.length]);
            later(900, () -> Files.write(file, png, StandardOpenOption.WRITE));
        }).file("slow.png", png).sent());
        rows.add(Row.that("an empty file that is filled later").onDisk(folder -> {
            Path file = Files.createFile(folder.resolve("slow.png"));
            later(900, () -> Files.write(file, png));
        }).file("slow.png", png).sent());
        rows.add(Row.that("a file that is renamed when it is whole").onDisk(folder -> {
            Path file = Files.write(folder.resolve("slow.png.part"), png);
            later(500, () -> Files.move(file, folder.resolve("slow.png")));
        }).file("slow.png", png).sent());
        rows.add(Row.that("a folder that is moved in").onDisk(folder -> {
            Path elsewhere = Files.createDirectories(folder.resolveSibling(".moved-in/a/b"));
            Files.write(elsewhere.resolve("photo.png"), png);
            Files.move(folder.resolveSibling(".moved-in"), folder.resolve("moved in"));
        }).file("moved in/a/b/photo.png", png).sent());
    }

    /** The thing stays, whatever it is, and a photo beside it is sent. */
    private static Row leftAs(String what, String name, String kind, OnDisk action) {
        Row row = Row.that(what + " stays").drop("photo.png", Pngs.plain(400)).sent().onDisk(action).file(name, new byte[0]);
        return row.staysAs(kind);
    }

    private static Row timed(String what, Instant time) {
        return Row.that(what).onDisk(folder -> {
            Path file = Files.write(folder.resolveSibling("." + folder.getFileName()), Pngs.plain(405));
            Files.setLastModifiedTime(file, FileTime.from(time));
            Files.move(file, folder.resolve("photo.png"));
        }).file("photo.png", Pngs.plain(405)).sent();
    }

    /** Where the system's limit for a socket's path allows it, else by way of a short one. */
    private static void socket(Path folder) throws IOException {
        Path place = Path.of("/tmp", "s" + System.nanoTime());
        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(place));
        Files.move(place, folder.resolve("s.png"));
    }

    private static void command(String... words) throws IOException {
        try {
            new ProcessBuilder(words).inheritIO().start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Rights don't bind the system's master. */
    private static boolean readsAll() {
        try {
            Path closed = Files.createTempFile("closed", "");
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
            boolean reads = Files.isReadable(closed);
            Files.delete(closed);
            return reads;
        } catch (IOException e) {
            return true;
        }
    }

    private static void later(int millis, Step step) {
        Executor delayed = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
        CompletableFuture.runAsync(() -> {
            try {
                step.go();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }, delayed);
    }

    /** A step of a writer. */
    @FunctionalInterface
    private interface Step {
        void go() throws IOException;
    }
}
