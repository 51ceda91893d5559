package org.dropfolder.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Objects of the inbox that could not be taken, though others can be: archived ones, and what a policy says of some alone. Each is
 * tried again whenever it is asked for, without a word to those who watch over the bucket. The latest {@link #REMEMBERED} are known. Thread safe.
 */
final class S3Obstacles {
    static final int REMEMBERED = 1_000;

    private final S3Objects objects;
    private final S3Place inbox;
    private final S3Soundness soundness;
    private final Map<String, Met> met = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Met> eldest) {
            return size() > REMEMBERED;
        }
    });

    /** @param version of a kept object; empty where any version bars the way that can't be read */
    private record Met(Obstacle obstacle, String version) { }

    S3Obstacles(S3Client client, S3Place inbox, S3Soundness soundness) {
        this.objects = new S3Objects(client, S3Encryption.BY_DEFAULT, Effects.UNDISTURBED, () -> { });
        this.inbox = inbox;
        this.soundness = soundness;
    }

    /** It could not be read. */
    void notRead(String source, S3FaultException failure) {
        obstacle(failure).ifPresent(obstacle -> met.put(source, new Met(obstacle, "")));
    }

    /** It was copied, and could not be deleted. */
    void notDeleted(String source, S3FaultException failure) throws IOException {
        Optional<String> version = failure.fault() == S3Fault.DENIED ? version(source) : Optional.empty();
        version.ifPresent(kept -> met.put(source, new Met(Obstacle.KEPT, kept)));
    }

    /** What bars the way to it still; what bars the way to all is no object's own. */
    Optional<Obstacle> at(String source) throws IOException {
        Met before = met.get(source);
        if (before == null || soundness.ofInbox().isPresent()) {
            return Optional.empty();
        }
        Optional<Obstacle> now = before.obstacle() == Obstacle.KEPT ? kept(source, before.version()) : unreadable(source);
        if (now.isEmpty()) {
            met.remove(source);
        }
        return now;
    }

    /** Whoever finishes the move deletes it, and not who finds it here; another one that was put in its place arrives. */
    private Optional<Obstacle> kept(String source, String version) throws IOException {
        return version(source).filter(version::equals).map(same -> Obstacle.KEPT);
    }

    private Optional<String> version(String source) throws IOException {
        return objects.head(inbox.bucket(), inbox.key(source)).map(there -> there.eTag() + there.lastModified());
    }

    private Optional<Obstacle> unreadable(String source) throws IOException {
        try (InputStream bytes = objects.read(inbox.bucket(), inbox.key(source)).orElseGet(InputStream::nullInputStream)) {
            return Optional.empty();
        } catch (S3FaultException e) {
            return obstacle(e);
        }
    }

    private static Optional<Obstacle> obstacle(S3FaultException failure) {
        return switch (failure.fault()) {
            case ARCHIVED -> Optional.of(Obstacle.ARCHIVED);
            case DENIED, ENCRYPTION -> Optional.of(Obstacle.FORBIDDEN);
            default -> Optional.empty();
        };
    }
}
