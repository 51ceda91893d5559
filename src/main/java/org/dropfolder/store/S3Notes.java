package org.dropfolder.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * What an object of the data bears beside its bytes: the time of its content, which a copy would lose, and of which object it
 * is a copy. A hash stands for the latter, since a key may be longer than all that an object may bear. Pure functions.
 */
final class S3Notes {
    static final String MODIFIED = "dropfolder-modified";
    static final String ORIGIN = "dropfolder-origin";
    /** S3 lets an object bear 2 KB. */
    private static final int ROOM = 1_700;

    private S3Notes() { }

    /** The time of its content, as it was noted; where nothing was, the service's. */
    static Instant modified(HeadObjectResponse object) {
        try {
            String noted = notes(object).get(MODIFIED);
            return noted == null ? object.lastModified() : Instant.parse(noted);
        } catch (DateTimeException e) {
            return object.lastModified();
        }
    }

    /** What its copy is to bear: all that it bears itself, if there is room, and ours. */
    static Map<String, String> ofCopy(String address, HeadObjectResponse object, Instant modified) {
        Map<String, String> notes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        notes(object).forEach((name, value) -> {
            if (value.chars().allMatch(letter -> letter >= ' ' && letter <= '~')) {
                notes.put(name, value);
            }
        });
        if (notes.entrySet().stream().mapToInt(note -> note.getKey().length() + note.getValue().length()).sum() > ROOM) {
            notes.clear();
        }
        notes.put(MODIFIED, modified.toString());
        notes.put(ORIGIN, origin(address, object));
        return notes;
    }

    /** Whether it is a copy of just that object, in just that version. */
    static boolean isCopy(HeadObjectResponse object, String address, HeadObjectResponse of) {
        return origin(address, of).equals(notes(object).get(ORIGIN)) && of.contentLength().equals(object.contentLength());
    }

    /** What stands between may write the names of headers as it likes. */
    private static Map<String, String> notes(HeadObjectResponse object) {
        Map<String, String> notes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        notes.putAll(object.metadata());
        return notes;
    }

    /** Its address, its tag and its time: a twin that is dropped at the same place has another time, or is the same drop. */
    private static String origin(String address, HeadObjectResponse object) {
        String all = address + "\n" + object.eTag() + "\n" + object.lastModified().truncatedTo(ChronoUnit.SECONDS);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Could not note where a copy comes from: this Java has no SHA-256. Use another one.", e);
        }
    }
}
