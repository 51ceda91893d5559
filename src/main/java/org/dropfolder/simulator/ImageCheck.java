package org.dropfolder.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Reads an image once, keeps its size and hash, and judges it. Without state. */
final class ImageCheck {
    /** The most that one image may have, in bytes [doc]. */
    static final long LARGEST = 25L * 1024 * 1024;
    private static final byte[] JPEG = HexFormat.of().parseHex("ffd8ff");
    private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a");
    private static final byte[] RIFF = {'R', 'I', 'F', 'F'};
    private static final byte[] WEBP = {'W', 'E', 'B', 'P'};
    private static final int HEAD = 12;

    private ImageCheck() { }

    /** Reads an image to its end, and puts it or the reason against it into the upload. */
    static void read(String name, InputStream content, Upload upload) throws IOException {
        MessageDigest sha256 = sha256();
        byte[] head = content.readNBytes(HEAD);
        sha256.update(head);
        long size = head.length;
        byte[] buffer = new byte[64 * 1024];
        for (int count; (count = content.read(buffer)) >= 0; size += count) {
            sha256.update(buffer, 0, count);
        }
        if (size > LARGEST) {
            upload.failure(Upload.Reason.FILE_TOO_LARGE, name);
        } else if (!isImage(head)) {
            upload.failure(Upload.Reason.INVALID_IMAGE, name);
        } else if (name.contains("unsafe")) {
            upload.failure(Upload.Reason.FAILED_SAFETY_CHECK, name);
        } else if (name.contains("internal-error")) {
            upload.failure(Upload.Reason.INTERNAL_ERROR, name);
        } else {
            upload.image(new Upload.Image(name, size, HexFormat.of().formatHex(sha256.digest())));
        }
    }

    private static boolean isImage(byte[] head) {
        return has(head, 0, JPEG) || has(head, 0, PNG) || has(head, 0, RIFF) && has(head, 8, WEBP);
    }

    private static boolean has(byte[] head, int at, byte[] magic) {
        int end = at + magic.length;
        return head.length >= end && Arrays.equals(head, at, end, magic, 0, magic.length);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256; this one says it has not.", impossible);
        }
    }
}
