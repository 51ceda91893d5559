package org.dropfolder.contract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What a file in a form must be: an image or a caption by its name, or an archive of them. */
final class Files {
    private static final Pattern ASSET = Pattern.compile("[^/\\\\]+\\.(?i:jpe?g|png|webp|txt)");

    private Files() { }

    /** What is wrong with it, each in a sentence. */
    static List<String> check(String name, byte[] content) throws IOException {
        if (name.endsWith(".zip")) {
            return archive(name, content);
        }
        return ASSET.matcher(name).matches() ? List.of() : List.of("The file '" + name + "' is no image, caption or archive.");
    }

    /** Reads it to its end, so that lengths and checksums are compared, too. Folders and a name twice: nobody says what comes of them. */
    private static List<String> archive(String name, byte[] content) {
        List<String> broken = new ArrayList<>();
        Set<String> names = new HashSet<>();
        try (ZipInputStream archive = new ZipInputStream(new ByteArrayInputStream(content))) {
            for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                if (!ASSET.matcher(entry.getName()).matches()) {
                    broken.add("In '" + name + "', '" + entry.getName() + "' is no image or caption, or lies in a folder.");
                }
                if (!names.add(entry.getName())) {
                    broken.add("In '" + name + "', '" + entry.getName() + "' is there twice.");
                }
                archive.transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException e) {
            broken.add("'" + name + "' is no sound archive: " + e.getMessage());
        }
        if (names.isEmpty()) {
            broken.add("'" + name + "' is no archive, or holds nothing.");
        }
        return broken;
    }
}
