package org.dropfolder.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;

/**
 * Moves objects so that a cut between any two requests loses nothing, and doing it again finishes it: the service copies,
 * the copy is looked at, and then the source once more before it is deleted. Safe for several threads; only one process may
 * write to the same target place.
 */
final class S3Moves {
    /** Of moves that are done, so that a twin that is dropped right after one is not taken for its rest. */
    private static final int REMEMBERED = 10_000;

    private final S3Objects objects;
    private final Sizes sizes;
    private final Map<String, Spot> underWay = new ConcurrentHashMap<>();
    private final Set<String> done = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    /**
     * How much the service copies at a time.
     *
     * @param whole bytes of an object that is copied by one request, at most
     * @param part  bytes of a part of a larger one
     */
    record Sizes(long whole, long part) {
        /** What S3 allows, and such parts that its 10,000 are enough for its largest object. */
        static final Sizes OF_S3 = new Sizes(5L << 30, 1L << 29);
    }

    /** An object at its place. */
    record Spot(String bucket, String key) {
        String address() {
            return S3Place.address(bucket, key);
        }
    }

    S3Moves(S3Objects objects, Sizes sizes) {
        this.objects = objects;
        this.sizes = sizes;
    }

    /** Moves an object, as {@link ImageStore#take} promises. */
    void move(Spot from, Spot to, boolean dropped) throws IOException {
        Spot other = underWay.putIfAbsent(to.address(), from);
        if (other != null) {
            throw other.equals(from) ? movedNow(from, to) : occupied(from, to);
        }
        try {
            Optional<HeadObjectResponse> here = look(from);
            Optional<HeadObjectResponse> there = look(to);
            if (here.isPresent() && there.isPresent()) {
                finish(from, here.get(), to, there.get());
            } else if (here.isPresent()) {
                copy(from, here.get(), to, dropped);
                checkCopy(from, here.get(), to);
                deleteSource(from, here.get(), to);
            } else if (there.isEmpty()) {
                throw new NoSuchFileException(from.address(), to.address(), "Could not move it: it is in neither"
                    + " place. Look whether somebody else took it away, and drop it again");
            }
            done.add(to.address());
            // what comes to where it was is another move's
            done.remove(from.address());
        } finally {
            underWay.remove(to.address());
        }
    }

    private Optional<HeadObjectResponse> look(Spot spot) throws IOException {
        return objects.head(spot.bucket(), spot.key());
    }

    /** Both are there: a move that was cut off before it could delete the source, or two objects. */
    private void finish(Spot from, HeadObjectResponse here, Spot to, HeadObjectResponse there) throws IOException {
        if (from.equals(to) || done.contains(to.address()) || !S3Notes.isCopy(there, from.address(), here)) {
            throw occupied(from, to);
        }
        deleteSource(from, here, to);
    }

    private void checkCopy(Spot from, HeadObjectResponse here, Spot to) throws IOException {
        if (look(to).filter(copy -> S3Notes.isCopy(copy, from.address(), here)).isEmpty()) {
            throw new IOException("Could not move " + from.address() + " to " + to.address() + ": the copy that the service made is"
                + " another one. It stays where it is; look whether anything else writes there.");
        }
    }

    private void deleteSource(Spot from, HeadObjectResponse here, Spot to) throws IOException {
        Optional<HeadObjectResponse> now = look(from);
        if (now.isEmpty()) {
            return;
        }
        if (!same(here, now.get())) {
            throw changing(from, to, null);
        }
        try {
            objects.delete(from.bucket(), from.key(), Optional.of(here.eTag()));
        } catch (IOException e) {
            if (!S3Objects.changedMeanwhile(e)) {
                throw e;
            }
            // the same: what is not there any more was deleted by a try whose answer was lost
            if (look(from).isPresent()) {
                throw changing(from, to, e);
            }
        }
    }

    private static boolean same(HeadObjectResponse then, HeadObjectResponse now) {
        return then.eTag().equals(now.eTag()) && then.contentLength().equals(now.contentLength())
            && then.lastModified().equals(now.lastModified());
    }

    private void copy(Spot from, HeadObjectResponse here, Spot to, boolean dropped) throws IOException {
        Map<String, String> notes = S3Notes.ofCopy(from.address(), here, dropped ? here.lastModified() : S3Notes.modified(here));
        String what = "copy " + from.address() + " to " + to.address();
        try {
            objects.change(what, () -> here.contentLength() <= sizes.whole()
                ? objects.conditional("copy " + to.bucket(), condition -> copyWhole(from, here, to, notes, condition))
                : copyInParts(from, here, to, notes));
        } catch (IOException e) {
            if (!S3Objects.changedMeanwhile(e)) {
                throw e;
            }
            Optional<HeadObjectResponse> there = look(to);
            // the answer to a first try may be lost, and what bars the way to the second is the copy that it made
            if (there.filter(copy -> S3Notes.isCopy(copy, from.address(), here)).isEmpty()) {
                throw there.isPresent() ? occupied(from, to) : changing(from, to, e);
            }
        }
    }

    private String copyWhole(Spot from, HeadObjectResponse here, Spot to, Map<String, String> notes, boolean condition) {
        CopyObjectRequest.Builder request = CopyObjectRequest.builder().sourceBucket(from.bucket()).sourceKey(from.key())
            .copySourceIfMatch(here.eTag()).destinationBucket(to.bucket()).destinationKey(to.key())
            .metadataDirective(MetadataDirective.REPLACE).metadata(notes).contentType(here.contentType())
            .contentEncoding(here.contentEncoding()).contentDisposition(here.contentDisposition())
            .contentLanguage(here.contentLanguage()).cacheControl(here.cacheControl()).ifNoneMatch(condition ? "*" : null);
        objects.encryption.apply(request);
        return objects.client.copyObject(request.build()).copyObjectResult().eTag();
    }

    /** Nothing of it is seen before its last request; what a kill leaves of it is an upload that was never completed. */
    private String copyInParts(Spot from, HeadObjectResponse here, Spot to, Map<String, String> notes) throws IOException {
        CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder().bucket(to.bucket()).key(to.key())
            .metadata(notes).contentType(here.contentType()).contentEncoding(here.contentEncoding())
            .contentDisposition(here.contentDisposition()).contentLanguage(here.contentLanguage()).cacheControl(here.cacheControl());
        objects.encryption.apply(request);
        S3Parts parts = new S3Parts(objects.client, to.bucket(), to.key(), objects.client.createMultipartUpload(request.build()).uploadId());
        try {
            List<CompletedPart> all = new ArrayList<>();
            for (long begin = 0; begin < here.contentLength(); begin += sizes.part()) {
                long end = Math.min(begin + sizes.part(), here.contentLength()) - 1;
                all.add(parts.copy(all.size() + 1, from, here.eTag(), "bytes=" + begin + "-" + end));
            }
            // that took its time, and not every service knows the condition
            if (look(to).isPresent()) {
                throw occupied(from, to);
            }
            return objects.conditional("complete " + to.bucket(), condition -> parts.complete(all, condition ? "*" : null));
        } catch (IOException | RuntimeException e) {
            parts.abort();
            throw e;
        }
    }

    private static IOException changing(Spot from, Spot to, IOException cause) {
        return new IOException("Could not move " + from.address() + " to " + to.address() + ": it changed while it was copied."
            + " It stays where it is, and is looked at again.", cause);
    }

    /** The copy may be there already: whoever took that for the whole move would call it done too early. */
    private static UnderWayException movedNow(Spot from, Spot to) {
        return new UnderWayException("Could not move " + from.address() + " to " + to.address()
            + ": another thread does that now. It is looked at again.");
    }

    private static FileAlreadyExistsException occupied(Spot from, Spot to) {
        return new FileAlreadyExistsException(from.address(), to.address(),
            "Could not move it: another object is there. Ask for another target");
    }
}
