package org.dropfolder.store;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dropfolder.image.FileNames;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Goes through the objects on a shelf, a page of one dataset's at a time, so that any number of them fits into memory. Used once. */
final class S3Inventory {
    private final S3Objects objects;
    private final S3Place data;
    private final Shelf shelf;
    private final Consumer<List<Shelved>> reader;
    private final List<Shelved> page = new ArrayList<>();

    S3Inventory(S3Objects objects, S3Place data, Shelf shelf, Consumer<List<Shelved>> reader) {
        this.objects = objects;
        this.data = data;
        this.shelf = shelf;
        this.reader = reader;
    }

    void read() throws IOException {
        objects.list(data.bucket(), data.key(shelf.folder()) + "/", S3Objects.PAGE, found -> {
            for (S3Object object : found) {
                shelved(object).ifPresent(this::add);
            }
            return true;
        });
        give();
    }

    /** The service lists keys in their order, so those of one dataset follow each other. */
    private void add(Shelved shelved) {
        if (page.size() == Inventory.PAGE || !page.isEmpty() && !page.get(0).dataset().equals(shelved.dataset())) {
            give();
        }
        page.add(shelved);
    }

    private void give() {
        if (!page.isEmpty()) {
            page.sort(Inventory.EARLIEST_FIRST);
            reader.accept(List.copyOf(page));
            page.clear();
        }
    }

    private Optional<Shelved> shelved(S3Object object) {
        String target = data.location(object.key()).orElse("");
        String[] parts = target.split("/");
        boolean plain = parts.length == 3 && !FileNames.junk(parts[1]) && !FileNames.junk(parts[2]) && !TargetNames.isNote(parts[2]);
        return plain ? Optional.of(new Shelved(TargetNames.dataset(parts[1]),
            shelf == Shelf.REJECTED ? parts[2] : TargetNames.ownName(parts[2]),
            new Dropped(target, object.size(), time(object), time(object), object.eTag()))) : Optional.empty();
    }

    /** As finely as a look at the object itself tells it. */
    private static Instant time(S3Object object) {
        return object.lastModified().truncatedTo(ChronoUnit.SECONDS);
    }
}
