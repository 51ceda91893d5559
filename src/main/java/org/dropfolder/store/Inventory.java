package org.dropfolder.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dropfolder.image.FileNames;

/** Goes through the files on a shelf, a page at a time, so that any number of them fits into memory. Used once. */
final class Inventory {
    static final int PAGE = 500;
    static final Comparator<Shelved> EARLIEST_FIRST = Comparator
        .comparingLong((Shelved shelved) -> TargetNames.number(last(shelved))).thenComparing(Inventory::last);

    private final Folder data;
    private final Shelf shelf;
    private final Consumer<List<Shelved>> reader;

    Inventory(Folder data, Shelf shelf, Consumer<List<Shelved>> reader) {
        this.data = data;
        this.shelf = shelf;
        this.reader = reader;
    }

    void read() throws IOException {
        Path top = data.at(shelf.folder());
        if (!Files.isDirectory(top, NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(top, Inventory::isDataset)) {
            for (Path folder : folders) {
                read(folder, TargetNames.dataset(folder.getFileName().toString()));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void read(Path folder, String dataset) throws IOException {
        List<Shelved> page = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                shelved(file, dataset).ifPresent(page::add);
                if (page.size() == PAGE) {
                    give(page);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        give(page);
    }

    private void give(List<Shelved> page) {
        if (!page.isEmpty()) {
            page.sort(EARLIEST_FIRST);
            reader.accept(List.copyOf(page));
            page.clear();
        }
    }

    private Optional<Shelved> shelved(Path file, String dataset) throws IOException {
        String name = file.getFileName().toString();
        if (FileNames.junk(name) || TargetNames.isNote(name)) {
            return Optional.empty();
        }
        Optional<BasicFileAttributes> plain = Folder.plain(file);
        String target = TargetNames.parent(shelf.folder(), dataset) + name;
        return plain.map(found -> new Shelved(dataset, shelf == Shelf.REJECTED ? name : TargetNames.ownName(name),
            new Dropped(target, found.size(), found.lastModifiedTime().toInstant())));
    }

    private static boolean isDataset(Path folder) {
        return Files.isDirectory(folder, NOFOLLOW_LINKS) && !FileNames.junk(folder.getFileName().toString());
    }

    private static String last(Shelved shelved) {
        String target = shelved.file().source();
        return target.substring(target.lastIndexOf('/') + 1);
    }
}
