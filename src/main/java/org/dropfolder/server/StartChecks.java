package org.dropfolder.server;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.dropfolder.store.Trial;

/**
 * What must be true before the server starts: its folders are there, apart from each other and writable, or its bucket can be
 * used, and its port is free. Found here it is one line; found later it is a server that stands still.
 */
public final class StartChecks {
    /** What a file of the data folder is tried with; an empty one fits on a disk that is full, too. */
    private static final int SOME = 1 << 20;

    private final Settings settings;
    private final Path start;
    private final Optional<Path> inbox;
    private final Path data;
    private final boolean making;

    /**
     * One thing that must be true.
     *
     * @param subject what it is about, in a word
     * @param look    answers what was found; throws a {@link SettingsException} if that won't do
     */
    record Check(String subject, Supplier<String> look) { }

    private StartChecks(Settings settings, Path start, boolean making) {
        this.settings = settings;
        this.start = start;
        this.inbox = settings.bucket().isPresent() ? Optional.empty() : Optional.of(start.resolve(settings.folders().inboxFolder()));
        this.data = start.resolve(settings.folders().data());
        this.making = making;
    }

    /**
     * Makes the data folder where it is missing, and in a simulated run the inbox; leaves nothing else behind.
     *
     * @throws SettingsException for the first thing that is wrong, with what to do about it
     */
    public static void check(Settings settings) {
        check(settings, Path.of(""));
    }

    /** @param start the working folder, against which relative paths are taken */
    static void check(Settings settings, Path start) {
        new StartChecks(settings, start, true).all().forEach(check -> check.look().get());
    }

    /** The same checks of this machine, one by one; they make no folder, and leave nothing behind. */
    static List<Check> withoutMaking(Settings settings, Path start) {
        return new StartChecks(settings, start, false).all();
    }

    private List<Check> all() {
        List<Check> all = new ArrayList<>(List.of(new Check("routes", this::routes)));
        inbox.ifPresentOrElse(folder -> all.addAll(List.of(new Check("folders", () -> apart(folder)), new Check("inbox", () -> inboxFolder(folder)))),
            () -> settings.bucket().filter(there -> making)
                .ifPresent(there -> all.add(new Check("bucket", new BucketChecks(there, false)::require))));
        all.add(new Check("data", this::dataFolder));
        return all;
    }

    /**
     * Says whether file names beyond ASCII are out of reach: outside Windows, Java spells them as the locale of the
     * process does, and many a service is started without one.
     */
    static Optional<String> fileNameWarning() {
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        boolean spellsAll = File.separatorChar != '/' || encoding.equalsIgnoreCase("UTF-8");
        return spellsAll ? Optional.empty() : Optional.of("Files whose names are not plain ASCII will stay in the inbox, since "
                + "this process was started without a UTF-8 locale: set LC_ALL=C.UTF-8 in its environment");
    }

    private String routes() {
        Path routes = start.resolve("routes");
        if (!Files.isDirectory(routes)) {
            throw new SettingsException("there is no folder %s: start in the folder that holds routes/ and config/"
                    .formatted(routes.toAbsolutePath()));
        }
        return routes.toAbsolutePath() + " is there";
    }

    private String apart(Path inbox) {
        Path realInbox = real(inbox, "dropfolder.inbox");
        Path realData = real(data, "dropfolder.data");
        if (realInbox.startsWith(realData) || realData.startsWith(realInbox)) {
            throw new SettingsException(("dropfolder.inbox (%s) and dropfolder.data (%s) must lie apart: "
                    + "neither may be, or lie inside, the other").formatted(realInbox, realData));
        }
        return "inbox and data lie apart";
    }

    /** A real inbox is not made: a share that is not mounted looks just like a missing folder, and would stay empty forever. */
    private String inboxFolder(Path inbox) {
        if (settings.folders().inbox().matches(".*([?]|[$][{]|[{][{]).*")) {
            throw new SettingsException("dropfolder.inbox is %s, but no folder with ? or ${ or {{ in its path can be watched: rename it"
                    .formatted(inbox));
        }
        if (!Files.exists(inbox)) {
            if (!settings.simulated()) {
                throw new SettingsException("dropfolder.inbox is %s, which is not there: mount it, or mkdir %s"
                        .formatted(inbox, inbox));
            }
            return made(inbox, "dropfolder.inbox");
        }
        checkFolder(inbox, "dropfolder.inbox");
        try (DirectoryStream<Path> readable = Files.newDirectoryStream(inbox)) {
            readable.iterator().hasNext();
        } catch (IOException unreadable) {
            throw new SettingsException("dropfolder.inbox is %s, which can't be read (%s): let this user read it"
                    .formatted(inbox, why(unreadable)));
        }
        checkWritable(inbox, "dropfolder.inbox", "images are moved out of it", 0);
        return inbox.toAbsolutePath() + " can be read, and images can be moved out of it";
    }

    private String dataFolder() {
        Path parent = data.toAbsolutePath().getParent();
        if (!settings.simulated() && parent != null && !Files.exists(parent)) {
            throw new SettingsException("dropfolder.data is %s, but %s is not there: mount it, or mkdir -p %s"
                    .formatted(data, parent, data));
        }
        if (!Files.exists(data)) {
            return made(data, "dropfolder.data");
        }
        checkFolder(data, "dropfolder.data");
        checkWritable(data, "dropfolder.data", "all that the server keeps is there", SOME);
        return data.toAbsolutePath() + " can be written, and has room";
    }

    /** A folder that is missing and may be made. */
    private String made(Path folder, String key) {
        if (making) {
            make(folder, key);
            checkWritable(folder, key, "the server works there", SOME);
            return folder.toAbsolutePath() + " was made";
        }
        Path above = folder.toAbsolutePath();
        while (!Files.exists(above)) {
            above = above.getParent();
        }
        checkFolder(above, key);
        checkWritable(above, key + ", not there yet,", "it is made there", SOME);
        return folder.toAbsolutePath() + " is not there yet; the start makes it";
    }

    /**
     * Looks whether the port is free: after the folders, since a second server on one data folder is to hear of that.
     * Port 0 first, which tells an address that is not ours from a port that is taken.
     *
     * @throws SettingsException if nothing can listen there
     */
    static void checkPort(Settings.Http http) {
        String host = http.host();
        int port = http.port();
        try {
            bind(host, 0);
        } catch (IOException notOurs) {
            throw new SettingsException(("dropfolder.http.host is %s, where this machine can't listen (%s): "
                    + "it must be an address of this machine, such as 127.0.0.1 or 0.0.0.0").formatted(host, why(notOurs)));
        }
        try {
            bind(host, port);
        } catch (IOException taken) {
            throw new SettingsException(("dropfolder.http.port is %d, where %s can't be listened on (%s): "
                    + "stop what listens there, or set another port (0 is any that is free)").formatted(port, host, why(taken)));
        }
    }

    private static void bind(String host, int port) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port));
        }
    }

    private static void make(Path folder, String key) {
        try {
            Files.createDirectories(folder);
        } catch (IOException refused) {
            throw new SettingsException("%s is %s, which could not be made (%s): make it, or set another folder"
                    .formatted(key, folder, why(refused)));
        }
    }

    private static void checkFolder(Path folder, String key) {
        if (!Files.isDirectory(folder)) {
            throw new SettingsException("%s is %s, which is not a folder: set it to one".formatted(key, folder));
        }
    }

    private static void checkWritable(Path folder, String key, String because, int bytes) {
        try {
            Trial.write(folder, 0);
        } catch (IOException refused) {
            throw new SettingsException("%s is %s, where nothing can be written (%s), but %s: let this user write there"
                    .formatted(key, folder, why(refused), because));
        }
        try {
            Trial.write(folder, bytes);
        } catch (IOException full) {
            throw new SettingsException("%s is %s, where a file can be made but not be filled (%s), but %s: make room on that disk, or "
                    .formatted(key, folder, why(full), because) + "raise this user's quota");
        }
    }

    /** In words: an exception's name says nothing to whoever starts a server. */
    private static String why(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "access is denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "there can be no files";
        }
        boolean told = failure instanceof FileSystemException file && file.getReason() != null;
        return told ? ((FileSystemException) failure).getReason() : String.valueOf(failure.getMessage());
    }

    /** Where {@code path} really is, links followed, as far as it is there. */
    private static Path real(Path path, String key) {
        Path absolute = path.toAbsolutePath();
        try {
            if (Files.exists(absolute) || absolute.getParent() == null) {
                return absolute.toRealPath();
            }
        } catch (IOException unreadable) {
            throw new SettingsException("%s is %s, which can't be looked at (%s): let this user read it"
                    .formatted(key, path, why(unreadable)));
        }
        return real(absolute.getParent(), key).resolve(absolute.getFileName()).normalize();
    }
}
