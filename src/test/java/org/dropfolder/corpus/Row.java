package org.dropfolder.corpus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A messy drop in a sentence: what is dropped, and what must become of each file. It knows paths and bytes only, so it
 * can be dropped into whatever takes these; what only a disk can have is marked.
 *
 * <p>A path begins below the row's own dataset. One with a slash before it begins in the inbox, and {@code {row}} in it
 * is the row's dataset, {@code {ROW}} the same in capitals. Each {@link #drop} is followed by its file's fate.
 */
public final class Row {
    private final String sentence;
    private final List<Phase> phases = new ArrayList<>(List.of(Phase.after(0)));
    private final List<Fate> fates = new ArrayList<>();
    private final Set<String> more = new LinkedHashSet<>();
    private String dataset = "";
    private String group = "";
    private Run run = Run.GENEROUS;
    private String path = "";
    private byte[] bytes = new byte[0];

    /**
     * What is dropped at one time.
     *
     * @param sent     once so many images of the row are in its dataset; -1 once nothing of the row lies in the inbox
     * @param files    by their paths
     * @param onDisk   what only a disk can have
     * @param inBucket what only a bucket can have; it is made before the files come
     */
    public record Phase(int sent, Map<String, byte[]> files, List<OnDisk> onDisk, List<InBucket> inBucket) {
        private static Phase after(int sent) {
            return new Phase(sent, new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private Row(String sentence) {
        this.sentence = sentence;
    }

    /** That nobody dropped anything. */
    public static Row none() {
        return new Row("nothing");
    }

    static Row that(String sentence) {
        return new Row(sentence);
    }

    /** Under the other settings. */
    Row strictly() {
        run = Run.STRICT;
        return this;
    }

    Row drop(String name, byte[] content) {
        path = name;
        bytes = content;
        last().files().put(name, content);
        return this;
    }

    /** A file that comes out of the archive that was dropped before. */
    Row part(byte[] content) {
        path = "";
        bytes = content;
        return this;
    }

    /** A file that something on the disk, or in the bucket, leads to. */
    Row file(String name, byte[] content) {
        path = name;
        bytes = content;
        return this;
    }

    Row onDisk(OnDisk action) {
        last().onDisk().add(action);
        return this;
    }

    Row inBucket(InBucket action) {
        last().inBucket().add(action);
        return this;
    }

    /** What follows is dropped once so many images of this row are in its dataset. */
    Row onceSent(int images) {
        phases.add(Phase.after(images));
        return this;
    }

    /** What follows is dropped once all before it was taken. */
    Row onceTaken() {
        return onceSent(-1);
    }

    /** In the dataset under that name, byte for byte. */
    Row sentAs(String name) {
        return fate(new Fate.Sent(Fate.hash(bytes), name, "", ""));
    }

    /** In the dataset under its own name. */
    Row sent() {
        return sentAs(path.substring(path.lastIndexOf('/') + 1));
    }

    /** The last one that is sent goes with this caption. */
    Row with(String caption) {
        fates.set(fates.size() - 1, fates.get(fates.size() - 1).with(caption));
        return this;
    }

    /** The last one that is sent goes into that dataset. */
    Row in(String folder) {
        more.add(folder);
        fates.set(fates.size() - 1, ((Fate.Sent) fates.get(fates.size() - 1)).in(folder));
        return this;
    }

    /** Another image made of it is in the dataset under that name, with that size in pixels; itself it lies in done/. */
    Row convertedTo(String name, int width, int height) {
        return fate(new Fate.Converted(Fate.hash(bytes), name, width, height, ""));
    }

    /** The same; of the size of most pictures here. */
    Row convertedTo(String name) {
        return convertedTo(name, Paint.WIDTH, Paint.HEIGHT);
    }

    /** In done/, and not sent itself: a copy, a caption that went with its image, an archive. */
    Row done() {
        return fate(new Fate.Done(Fate.hash(bytes)));
    }

    /** In done/, and beside it what was made of it, whose content was sent before. */
    Row again() {
        return fate(new Fate.Again(Fate.hash(bytes)));
    }

    /** In done/ beside a note that says which parts of it were of no use. */
    Row partly() {
        return fate(new Fate.Partly(Fate.hash(bytes), "PARTS_LEFT_OUT"));
    }

    /** In rejected/ beside a note of one of these reasons, given with | between them. */
    Row aside(String code) {
        return fate(new Fate.Aside(Fate.hash(bytes), code));
    }

    /** Where it was dropped. */
    Row stays() {
        return fate(new Fate.Stays(path, Fate.hash(bytes)));
    }

    /** Where it was dropped, and of this kind, since it has no bytes of its own. */
    Row staysAs(String kind) {
        return fate(new Fate.Stays(path, kind));
    }

    /** Of these, so many are in the first dataset, the others set aside or in the next dataset. */
    Row full(List<byte[]> images, int first, String others) {
        if (!others.equals("DATASET_FULL")) {
            more.add(others);
        }
        return fate(new Fate.Full(images.stream().map(Fate::hash).toList(), first, others));
    }

    Row at(int number, String inGroup) {
        dataset = "row-%03d".formatted(number);
        group = inGroup;
        return this;
    }

    public String sentence() {
        return sentence;
    }

    public String dataset() {
        return dataset;
    }

    public String group() {
        return group;
    }

    public Run run() {
        return run;
    }

    public List<Phase> phases() {
        return phases;
    }

    public List<Fate> fates() {
        return fates;
    }

    /** Whether it can be dropped on a disk only. */
    public boolean needsDisk() {
        return phases.stream().anyMatch(phase -> !phase.onDisk().isEmpty());
    }

    /** Where a path of this row begins, in the inbox. */
    public String resolved(String any) {
        String full = any.startsWith("/") ? any.substring(1) : dataset + "/" + any;
        return full.replace("{row}", dataset).replace("{ROW}", dataset.toUpperCase(java.util.Locale.ROOT));
    }

    /** The names of all datasets that this row fills; the empty one for files that lie in no folder. */
    public Set<String> datasets() {
        Set<String> all = new LinkedHashSet<>(Set.of(dataset));
        for (Phase phase : phases) {
            for (String file : phase.files().keySet()) {
                String full = resolved(file);
                all.add(full.substring(0, Math.max(0, full.indexOf('/'))));
            }
        }
        more.forEach(one -> all.add(one.replace("{row}", dataset)));
        return all;
    }

    private Phase last() {
        return phases.get(phases.size() - 1);
    }

    private Row fate(Fate fate) {
        fates.add(fate);
        return this;
    }
}
