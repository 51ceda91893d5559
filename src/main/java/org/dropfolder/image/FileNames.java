package org.dropfolder.image;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules about names of files. Pure functions.
 *
 * <p>A name's <em>ending</em> is one to ten letters or digits (ASCII) after its last dot; what stands before that dot
 * is its <em>stem</em>. {@code Mr. Smith} has no ending and is all stem.
 */
public final class FileNames {
    /** The longest stem, in chars, of a name that is sent. */
    public static final int STEM = 100;

    private static final int PRINTABLE = 120;
    private static final String SETTINGS = "dropfolder.yaml";
    private static final Set<String> JUNK =
            Set.of("thumbs.db", "desktop.ini", "__macosx", "_status.txt", SETTINGS);
    private static final Pattern JUNK_ENDING = Pattern.compile("\\.(part|tmp|crdownload|filepart|camellock)\\z");
    private static final Pattern ENDING = Pattern.compile("\\.[A-Za-z0-9]{1,10}\\z");
    /** Control and format characters, among them the bidi marks, and what chooses between shapes of one emoji. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\x{FE00}-\\x{FE0F}]");
    /** Marks stay: Thai and Hindi words fall apart without them. */
    private static final Pattern UNUSUAL = Pattern.compile("[^\\p{L}\\p{M}\\p{Nd} .\\-_()]");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private FileNames() {}

    /**
     * Whether this is not taken for an image: half-written files, what systems leave behind, our own notes.
     *
     * @param name a name, or a path with {@code /}; a path is junk when one of its segments is
     */
    public static boolean junk(String name) {
        for (String segment : name.toLowerCase(Locale.ROOT).split("/")) {
            if (segment.startsWith(".") || segment.startsWith("~")
                    || JUNK.contains(segment) || JUNK_ENDING.matcher(segment).find()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a file of this name, or at this path, sets something for its folder, in whatever case it is written. */
    public static boolean settings(String name) {
        return name.regionMatches(true, name.length() - SETTINGS.length(), SETTINGS, 0, SETTINGS.length())
                && (name.length() == SETTINGS.length() || name.charAt(name.length() - SETTINGS.length() - 1) == '/');
    }

    /** Whether a file so named is a caption: it ends in {@code .txt}, in whatever case. */
    public static boolean caption(String name) {
        return ending(name).equalsIgnoreCase("txt");
    }

    /** The name without its ending and that ending's dot; of a path its last segment's. */
    public static String stem(String name) {
        String last = last(name);
        return last.substring(0, last.length() - dotted(last).length());
    }

    /** The name's ending as it is written, without the dot; empty where there is none. */
    public static String ending(String name) {
        String dotted = dotted(last(name));
        return dotted.isEmpty() ? "" : dotted.substring(1);
    }

    /**
     * The name under which an image is sent: of the last segment of a path, in NFC, only letters, digits, spaces and
     * {@code . - _ ( )}, beginning with neither dot nor dash, its stem at most {@value #STEM} chars, its ending one
     * that fits the format. Different names may come to the same safe name.
     */
    public static String safe(String name, ImageFormat format) {
        String visible = INVISIBLE.matcher(last(name)).replaceAll("");
        String usual = UNUSUAL.matcher(Normalizer.normalize(visible, Normalizer.Form.NFC)).replaceAll("_");
        String stem = bare(cut(bare(stem(usual)), STEM));
        String ending = format.mayEndIn(ending(usual)) ? ending(usual) : format.ending();
        return (stem.isEmpty() ? "image" : stem) + "." + ending;
    }

    /**
     * What an image and its caption have in common: NFC, small letters, no ending. The folders of a path stay in the
     * key, so that of paths only those in one folder pair; of plain names all do.
     */
    public static String stemKey(String name) {
        String stem = name.substring(0, name.length() - dotted(last(name)).length());
        return Normalizer.normalize(stem, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    /** Where a file of another name lies that is in the same folder. */
    public static String beside(String path, String name) {
        return path.substring(0, path.lastIndexOf('/') + 1) + name;
    }

    /** {@code stem-marker.ending}: the name made different by a marker, its stem still at most {@value #STEM} chars. */
    public static String numbered(String name, String marker) {
        String last = last(name);
        return cut(stem(last), STEM - 1 - marker.length()) + "-" + marker + dotted(last);
    }

    /**
     * A text that can't disturb the line it is printed in: control, format and line-breaking characters are
     * {@code ?}, and it has at most {@value #PRINTABLE} chars, the last of them {@code …} where it was cut.
     */
    public static String printable(String text) {
        return printable(text, PRINTABLE);
    }

    /** The same, of at most {@code longest} chars. */
    public static String printable(String text, int longest) {
        String printable = UNPRINTABLE.matcher(text).replaceAll("?");
        return printable.length() <= longest ? printable : cut(printable, longest - 1) + "…";
    }

    /** Without the dots, dashes and spaces before it, and the dots and spaces behind it. */
    private static String bare(String stem) {
        return stem.replaceFirst("\\A[.\\- ]+", "").replaceFirst("[. ]+\\z", "");
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String dotted(String name) {
        var found = ENDING.matcher(name);
        return found.find() ? found.group() : "";
    }

    /** The first chars of a text, never half a surrogate pair. */
    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Math.max(0, longest);
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }
}
