package org.dropfolder.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small files that the simulator takes for what they say they are. */
final class Samples {
    private Samples() { }

    static byte[] jpeg(String content) {
        return concat(HexFormat.of().parseHex("ffd8ffe0"), content);
    }

    static byte[] png(String content) {
        return concat(HexFormat.of().parseHex("89504e470d0a1a0a"), content);
    }

    static byte[] webp(String content) {
        return concat("RIFF....WEBP".getBytes(StandardCharsets.US_ASCII), content);
    }

    static byte[] text(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    static String sha256(byte[] content) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    /** An archive whose entries are stored, in the order of the map, with their sizes known ahead. */
    static byte[] storedZip(Map<String, byte[]> files) throws IOException {
        return zip(files, ZipEntry.STORED);
    }

    static byte[] deflatedZip(Map<String, byte[]> files) throws IOException {
        return zip(files, ZipEntry.DEFLATED);
    }

    private static byte[] zip(Map<String, byte[]> files, int method) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setMethod(method);
                if (method == ZipEntry.STORED) {
                    CRC32 crc = new CRC32();
                    crc.update(file.getValue());
                    entry.setSize(file.getValue().length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] concat(byte[] head, String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head);
        bytes.writeBytes(text(content));
        return bytes.toByteArray();
    }
}
