package org.dropfolder.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What is there of a row: in the inbox, in the data folder's three, in its datasets. The lists can be changed.
 *
 * @param inbox   hashes by path
 * @param noted   what lies in done/ beside a note; it is not in {@code done}
 * @param decoded answers the size in pixels of the file in done/ with that hash; empty for what is no image
 */
public record Found(Map<String, String> inbox, List<String> pending, List<String> done, List<SetAside> noted, List<SetAside> rejected,
                    List<Image> sent, UnaryOperator<String> decoded) {
    /** @param code the reason's, found out of the note's text */
    public record SetAside(String hash, String code, String note) { }

    /** @param caption empty for none */
    public record Image(String dataset, String name, String hash, String caption) { }

    /** Where a file is, for whoever asks why it is not somewhere else. */
    String where(String hash) {
        List<String> places = new ArrayList<>();
        inbox.forEach((path, other) -> places.addAll(other.equals(hash) ? List.of("in the inbox") : List.of()));
        Stream.of(hash).filter(pending::contains).forEach(any -> places.add("in pending/"));
        Stream.of(hash).filter(done::contains).forEach(any -> places.add("in done/"));
        noted.stream().filter(file -> file.hash().equals(hash)).forEach(file -> places.add("in done/ as " + file.code() + ": " + file.note()));
        rejected.stream().filter(file -> file.hash().equals(hash)).forEach(file -> places.add("set aside as " + file.code() + ": " + file.note()));
        sent.stream().filter(image -> image.hash().equals(hash)).forEach(image -> places.add("sent as " + image.name()));
        return places.isEmpty() ? "it is nowhere" : String.join(", ", places);
    }

    String pixels(String hash) {
        return decoded.apply(hash);
    }

    /** Everything that is wrong about the row. Takes all out of this that is right. */
    public List<String> wrongs(Row row) {
        List<String> wrongs = new ArrayList<>();
        row.fates().forEach(fate -> fate.judge(this, row).ifPresent(wrongs::add));
        inbox.keySet().forEach(path -> wrongs.add("still in the inbox: " + path));
        pending.forEach(hash -> wrongs.add("still in pending/: " + hash.substring(0, 8)));
        done.forEach(hash -> wrongs.add("nobody wanted in done/: " + hash.substring(0, 8)));
        noted.forEach(file -> wrongs.add("nobody wanted in done/ as " + file.code() + ": " + file.note()));
        rejected.forEach(file -> wrongs.add("nobody wanted set aside as " + file.code() + ": " + file.note()));
        sent.forEach(image -> wrongs.add("nobody wanted sent: " + image));
        return wrongs;
    }
}
