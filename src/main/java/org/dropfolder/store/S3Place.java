package org.dropfolder.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a bucket, and the keys that locations in it stand for. Immutable.
 *
 * @param bucket its name
 * @param prefix what all of its keys begin with: empty, or ending in {@code /}
 */
public record S3Place(String bucket, String prefix) {
    private static final Pattern ADDRESS = Pattern.compile("s3://([A-Za-z0-9][A-Za-z0-9._-]{1,62})(?:/+(.*))?", Pattern.DOTALL);
    /** As on usual disks; with all that is added before and behind it a key stays below 1,024 bytes. */
    private static final int FOLDER_BYTES = 255;

    /** @throws IllegalArgumentException where the prefix is one that {@link #of} would not make */
    public S3Place {
        if (prefix.startsWith("/") || !prefix.isEmpty() && !prefix.endsWith("/")) {
            throw new IllegalArgumentException("Could not use the prefix \"" + prefix + "\". Let it end in /, and not begin with it.");
        }
    }

    /** Whether this names a place in a bucket, and no folder. */
    public static boolean isMeant(String address) {
        return address.startsWith("s3:");
    }

    /**
     * The place that is meant by {@code s3://bucket/prefix}; slashes at the end don't matter.
     *
     * @throws IllegalArgumentException where it is not of this form, or its prefix has segments that no location can have
     */
    public static S3Place of(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Could not use the place \"" + address + "\": it is none in a bucket."
                + " Write it as s3://bucket/prefix.");
        }
        String prefix = Optional.ofNullable(parts.group(2)).orElse("").replaceFirst("/+\\z", "");
        if (prefix.isEmpty()) {
            return new S3Place(parts.group(1), "");
        }
        for (String segment : prefix.split("/", -1)) {
            Folder.checked(segment, prefix);
        }
        return new S3Place(parts.group(1), prefix + "/");
    }

    /** Whether one of the two lies in the other. */
    public boolean overlaps(S3Place other) {
        return bucket.equals(other.bucket) && (prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix));
    }

    /**
     * The location that a key stands for; none where it lies elsewhere, is only a folder's (it ends in {@code /}), has
     * segments that are empty, {@code .} or {@code ..}, or a folder of a name longer than disks can have. What such a key
     * names stays where it is.
     */
    public Optional<String> location(String key) {
        String location = key.startsWith(prefix) ? key.substring(prefix.length()) : "";
        for (String segment : location.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                return Optional.empty();
            }
        }
        int folder = location.indexOf('/');
        boolean tooLong = folder > 0 && location.substring(0, folder).getBytes(UTF_8).length > FOLDER_BYTES;
        return tooLong ? Optional.empty() : Optional.of(location);
    }

    /**
     * The key of a location.
     *
     * @throws IllegalArgumentException where it has segments that are empty, {@code .} or {@code ..}
     */
    public String key(String location) {
        for (String segment : location.split("/", -1)) {
            Folder.checked(segment, location);
        }
        return prefix + location;
    }

    /** The object of a location, for people. */
    public String address(String location) {
        return address(bucket, prefix + location);
    }

    static String address(String bucket, String key) {
        return "s3://" + bucket + "/" + key;
    }

    @Override
    public String toString() {
        return address(bucket, prefix);
    }
}
