package org.dropfolder.server;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dropfolder.image.FileNames;
import org.dropfolder.status.FileReport;
import org.dropfolder.status.Whereabouts;

/** Finds the file that a person means, however that person spells it. */
final class FileFinder {
    private final Settings settings;
    private final FileReport files;

    FileFinder(Settings settings, FileReport files) {
        this.settings = settings;
        this.files = files;
    }

    /**
     * The files that may be meant, the newest first.
     *
     * @param from the folder in which it was typed, absolute
     */
    List<Whereabouts> find(String typed, String from) {
        List<Whereabouts> found = new ArrayList<>();
        Set<String> places = places(typed, from);
        places.forEach(place -> inTheInbox(place).ifPresent(found::add));
        places.forEach(place -> found.addAll(files.droppedAt(place)));
        below(settings.folders().data(), typed, from).ifPresent(target -> found.addAll(files.at(target)));
        if (found.isEmpty()) {
            String name = typed.substring(typed.lastIndexOf('/') + 1);
            spellings(name).forEach(spelling -> found.addAll(files.named(spelling)));
        }
        return found;
    }

    /** What it may be called below the inbox. */
    private Set<String> places(String typed, String from) {
        Set<String> places = new LinkedHashSet<>();
        settings.bucket().ifPresentOrElse(bucket -> {
            String inbox = bucket.inbox().address("");
            places.addAll(spellings(typed.startsWith(inbox) ? typed.substring(inbox.length()) : typed));
        }, () -> {
            below(settings.folders().inboxFolder(), typed, from).ifPresent(place -> places.addAll(spellings(place)));
            places.addAll(spellings(typed.replaceFirst("^(\\./)+", "")));
        });
        return places;
    }

    /** Disks and keyboards spell letters with accents in two ways. */
    private static Set<String> spellings(String name) {
        return new LinkedHashSet<>(List.of(name, Normalizer.normalize(name, Normalizer.Form.NFC), Normalizer.normalize(name, Normalizer.Form.NFD)));
    }

    private static Optional<String> below(Path folder, String typed, String from) {
        try {
            Path root = folder.toAbsolutePath().normalize();
            Path path = Path.of(from).resolve(typed).normalize();
            return path.startsWith(root) && !path.equals(root) ? Optional.of(root.relativize(path).toString().replace('\\', '/')) : Optional.empty();
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }

    private Optional<Whereabouts> inTheInbox(String place) {
        if (settings.bucket().isPresent() || place.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path inbox = settings.folders().inboxFolder();
            Path path = inbox.resolve(place);
            boolean there = path.normalize().startsWith(inbox.normalize()) && Files.isRegularFile(path, NOFOLLOW_LINKS);
            String is = FileNames.junk(place) ? "It lies in the inbox, and stays there: a name like this is passed over."
                : "It lies in the inbox, and was not taken yet: it is once it is complete and stands still.";
            String dataset = place.contains("/") ? place.substring(0, place.indexOf('/')) : "";
            return there ? Optional.of(new Whereabouts(place, dataset, "INBOX", path.toString(), is, "", null)) : Optional.empty();
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }
}
