package org.dropfolder.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.dropfolder.image.FileNames;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What lies in an inbox that is a part of a bucket: its folders are what keys have before a {@code /}. Thread safe. */
final class S3Inbox {
    private final S3Objects objects;
    private final S3Place place;
    private final Set<String> beingDropped = ConcurrentHashMap.newKeySet();

    S3Inbox(S3Objects objects, S3Place place) {
        this.objects = objects;
        this.place = place;
    }

    /** A page of what lies there, from behind that key on. */
    DroppedPage page(Optional<String> after) throws IOException {
        List<Dropped> files = new ArrayList<>();
        List<String> nameless = new ArrayList<>();
        AtomicReference<String> last = new AtomicReference<>();
        ListObjectsV2Request request = ListObjectsV2Request.builder().bucket(place.bucket()).prefix(place.prefix())
            .startAfter(after.map(key -> place.prefix() + key).orElse(null)).encodingType(EncodingType.URL).maxKeys(S3Objects.PAGE).build();
        objects.pages(request, page -> {
            for (S3Object object : page.contents()) {
                place.location(object.key()).ifPresentOrElse(location -> files.add(dropped(location, object)), () -> {
                    if (!marksFolder(object)) {
                        nameless.add(object.key().substring(place.prefix().length()));
                    }
                });
                last.set(object.key().substring(place.prefix().length()));
            }
            if (!Boolean.TRUE.equals(page.isTruncated())) {
                last.set(null);
            }
            // a service may tell of nothing, and that there is more
            return page.contents().isEmpty();
        });
        return new DroppedPage(files, nameless, Optional.ofNullable(last.get()));
    }

    /** As finely as a look at the object itself tells its time. */
    private static Dropped dropped(String location, S3Object object) {
        Instant time = object.lastModified().truncatedTo(ChronoUnit.SECONDS);
        return new Dropped(location, object.size(), time, time, object.eTag());
    }

    /** Consoles make an object of no bytes for a folder that somebody makes. */
    private static boolean marksFolder(S3Object object) {
        return object.key().endsWith("/") && object.size() == 0;
    }

    /** Whether an object that is not junk lies anywhere in the folder and arrived after that time. */
    boolean holds(String folder, Instant newerThan) throws IOException {
        String prefix = place.key(folder) + "/";
        AtomicBoolean found = new AtomicBoolean();
        objects.list(place.bucket(), prefix, S3Objects.PAGE, page -> {
            found.set(page.stream().anyMatch(object -> arrived(object, prefix, newerThan)));
            return !found.get();
        });
        return found.get();
    }

    /** The same for what lies in no folder. */
    boolean holds(Instant newerThan) throws IOException {
        AtomicBoolean found = new AtomicBoolean();
        objects.pages(directlyIn(place.prefix()), page -> {
            found.set(page.contents().stream().anyMatch(object -> arrived(object, place.prefix(), newerThan)));
            return !found.get();
        });
        return found.get();
    }

    /** The service may tell whole seconds alone, so what arrived in that second counts. */
    private boolean arrived(S3Object object, String below, Instant newerThan) {
        return place.location(object.key()).isPresent() && !FileNames.junk(object.key().substring(below.length()))
            && object.lastModified().plusSeconds(1).isAfter(newerThan);
    }

    List<String> folders(Predicate<String> name) throws IOException {
        List<String> names = new ArrayList<>();
        objects.pages(directlyIn(place.prefix()), page -> {
            page.commonPrefixes().forEach(common -> {
                String folder = common.prefix().substring(place.prefix().length(), common.prefix().length() - 1);
                if (place.location(common.prefix() + "any").isPresent() && name.test(folder)) {
                    names.add(folder);
                }
            });
            return true;
        });
        return names;
    }

    boolean liesBeside(String source, Predicate<String> name) throws IOException {
        String key = place.key(source);
        String folder = key.substring(0, key.lastIndexOf('/') + 1);
        AtomicBoolean found = new AtomicBoolean();
        objects.pages(directlyIn(folder), page -> {
            found.set(page.contents().stream().filter(object -> place.location(object.key()).isPresent())
                .anyMatch(object -> name.test(object.key().substring(folder.length()))));
            return !found.get();
        });
        return found.get();
    }

    /** Whether the folder, which may have been emptied, holds this text for people now. */
    boolean report(String folder, String text) throws IOException {
        String key = folder.isEmpty() ? place.prefix() + Reports.NAME : place.key(folder + "/" + Reports.NAME);
        Optional<HeadObjectResponse> there = objects.head(place.bucket(), key);
        byte[] bytes = Reports.bytes(text);
        byte[] now = there.isPresent() ? begin(key, bytes.length + 1) : new byte[0];
        if (!Reports.isOurs(now)) {
            return false;
        }
        if (!Arrays.equals(now, bytes)) {
            // only over what was looked at just now: people may write there, too
            objects.put(place.bucket(), key, bytes, bytes.length, there.map(HeadObjectResponse::eTag));
        }
        return true;
    }

    private byte[] begin(String key, int bytes) throws IOException {
        try (InputStream there = objects.read(place.bucket(), key).orElseGet(InputStream::nullInputStream)) {
            return there.readNBytes(bytes);
        }
    }

    /** Writes a file whole; whoever lists sees it once all of it is there. */
    String drop(String dataset, String name, ImageStore.Writing bytes) throws IOException {
        String source = TargetNames.source(dataset, name);
        for (int number = 2; !beginDrop(source); number++) {
            source = dataset + "/" + TargetNames.further(name, number);
        }
        try (S3Output output = new S3Output(objects, place.bucket(), place.key(source), false)) {
            bytes.to(output);
            // that took its time, and not every service knows the condition
            if (isThere(source)) {
                throw new FileAlreadyExistsException(source, null, "Could not write it: somebody put another one there meanwhile. Send it again");
            }
            output.finish();
        } finally {
            beingDropped.remove(source);
        }
        return source;
    }

    /** Whether nothing is there, and nobody else writes there now. */
    private boolean beginDrop(String source) throws IOException {
        if (!beingDropped.add(source)) {
            return false;
        }
        boolean free = false;
        try {
            free = !isThere(source);
        } finally {
            if (!free) {
                beingDropped.remove(source);
            }
        }
        return free;
    }

    private boolean isThere(String source) throws IOException {
        return objects.head(place.bucket(), place.key(source)).isPresent();
    }

    private ListObjectsV2Request directlyIn(String prefix) {
        return ListObjectsV2Request.builder().bucket(place.bucket()).prefix(prefix).delimiter("/")
            .encodingType(EncodingType.URL).maxKeys(S3Objects.PAGE).build();
    }
}
