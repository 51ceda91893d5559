package org.dropfolder.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dropfolder.image.FileNames;
import org.dropfolder.image.FolderName;

/** Gives each file of the data a name of its own that every usual disk can spell. */
final class TargetNames {
    /** What ends the note beside a file that was set aside. */
    static final String NOTE = ".reason.txt";

    /** Leaves room, up to the 255 bytes of a usual disk, for what notes and half-written files add. */
    private static final int BYTES = 200;
    /** What stands before a name: the id, and where that was taken, a dot and which it is. */
    private static final Pattern NUMBER = Pattern.compile("\\A(\\d{1,18})(?:\\.\\d+)?-(?=.)");
    private static final Pattern UNFIT = Pattern.compile("[/\\\\\\p{Cc}\\p{Cs}]");

    private final Predicate<String> taken;

    /** @param taken whether something is at a target */
    TargetNames(Predicate<String> taken) {
        this.taken = taken;
    }

    /**
     * The place of a dropped file in the inbox.
     *
     * @throws IllegalArgumentException where one of the two is no single name
     */
    static String source(String dataset, String name) {
        return Folder.checked(oneFolder(dataset), dataset) + "/" + Folder.checked(oneFolder(name), name);
    }

    /** Which of the names of a dropped file is tried: its own first, then {@code name-2} and so on. */
    static String further(String name, int number) {
        return number == 1 ? name : FileNames.numbered(name, Integer.toString(number));
    }

    /** {@code <folder>/<dataset>/<id>-<name>}, or the first of {@code <id>.2-<name>} and so on that is free: for a file that gets no note. */
    String withId(String folder, String dataset, long id, String name) {
        return withId(folder, dataset, id, name, target -> !taken.test(target));
    }

    private static String withId(String folder, String dataset, long id, String name, Predicate<String> free) {
        String parent = parent(folder, dataset);
        String target = parent + fit(id + "-", name);
        for (int further = 2; !free.test(target); further++) {
            target = parent + fit(id + "." + further + "-", name);
        }
        return target;
    }

    /** {@code <folder>/<dataset>/<name>} where that and its note's place are free, else as {@link #withId}. */
    String withOwnName(String folder, String dataset, long id, String name) {
        // a dropped file must never stand where the note of another one is going to be written
        String own = isNote(name) ? FileNames.numbered(name, Long.toString(id)) : name;
        String target = parent(folder, dataset) + fit("", own);
        return freeWithNote(target) ? target : withId(folder, dataset, id, own, this::freeWithNote);
    }

    /** The name that {@link #withId} was given, of the last part of its answer; one that it did not make stays as it is. */
    static String ownName(String last) {
        return NUMBER.matcher(last).replaceFirst("");
    }

    /** The id that {@link #withId} was given, of the last part of its answer; behind all ids for one that it did not make. */
    static long number(String last) {
        Matcher number = NUMBER.matcher(last);
        return number.find() ? Long.parseLong(number.group(1)) : Long.MAX_VALUE;
    }

    /** {@code models/<dataset>.json}; of a name too long for that, its begin and a hash that tells it from others. */
    static String model(String dataset) {
        if (dataset.isEmpty()) {
            throw new IllegalArgumentException("Could not name a model's file: its dataset has no name. Name one.");
        }
        String hash = bytes(dataset) <= BYTES ? "" : "-%08x".formatted(dataset.hashCode());
        return "models/" + cut(oneFolder(dataset), BYTES - hash.length()) + hash + ".json";
    }

    /** {@code models/sheets/<dataset>.jpg}, for all of the dataset's pictures. */
    static String sheet(String dataset) {
        return model(dataset).replaceFirst("\\Amodels/(.*)\\.json\\z", "models/sheets/$1.jpg");
    }

    /** The same of a picture that was drawn with the model: {@code models/<dataset>.jpg}, or the first of those behind it that is free. */
    String sample(String dataset, int run, String ending) {
        String stem = model(dataset).replaceFirst("\\.json\\z", "");
        String target = stem + (run == 1 ? "." : "-" + run + ".") + ending;
        for (int further = 2; taken.test(target); further++) {
            target = stem + "-" + run + "." + further + "." + ending;
        }
        return target;
    }

    private boolean freeWithNote(String target) {
        return !taken.test(target) && !taken.test(target + NOTE);
    }

    /** What lay in no folder has one here that no dataset can have, so that a file never bars the way of a dataset's folder. */
    static String parent(String folder, String dataset) {
        return folder + "/" + (dataset.isEmpty() ? FolderName.OF_THE_INBOX : oneFolder(dataset)) + "/";
    }

    /** The dataset whose files lie in a folder of this name; empty for what lay in no folder. */
    static String dataset(String folder) {
        return folder.equals(FolderName.OF_THE_INBOX) ? "" : folder;
    }

    private static String oneFolder(String dataset) {
        if (dataset.contains("/") || dataset.equals(".") || dataset.equals("..")) {
            throw new IllegalArgumentException("Could not use the dataset's name \"" + dataset
                    + "\": it is not the name of one folder. Use that of the folder in the inbox.");
        }
        return dataset;
    }

    static boolean isNote(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(NOTE);
    }

    private static String fit(String prefix, String name) {
        String spelled = UNFIT.matcher(name).replaceAll("_");
        String usable = spelled.isEmpty() || spelled.equals(".") || spelled.equals("..") ? "_" : spelled;
        String ending = FileNames.ending(usable).isEmpty() ? "" : "." + FileNames.ending(usable);
        String stem = usable.substring(0, usable.length() - ending.length());
        return prefix + cut(stem, BYTES - bytes(prefix) - bytes(ending)) + ending;
    }

    /** As many whole characters from the begin as go into that many bytes of UTF-8. */
    private static String cut(String text, int bytes) {
        int end = 0;
        for (int used = 0; end < text.length(); end = text.offsetByCodePoints(end, 1)) {
            used += bytes(Character.toString(text.codePointAt(end)));
            if (used > bytes) {
                break;
            }
        }
        return text.substring(0, end);
    }

    private static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }
}
