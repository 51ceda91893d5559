package org.dropfolder.simulator;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Reads a ZIP as it streams in. An archive counts whole or not at all: its entries one after the other, their
 * checksums, and its central directory, which others go by and {@link ZipInputStream} never looks at. Without state.
 */
final class Archive {
    private Archive() { }

    /**
     * Puts an archive's files into the upload, or the failure {@code INVALID_ZIP} where it is broken anywhere.
     *
     * @throws IOException where the client is gone
     */
    static void read(String name, InputStream content, Upload upload) throws IOException {
        Upload inside = new Upload();
        try {
            Tail tail = new Tail(content);
            List<CentralDirectory.Entry> entries = entries(tail, inside);
            tail.transferTo(OutputStream.nullOutputStream());
            CentralDirectory.check(tail.bytes(), tail.length(), entries);
            upload.addAll(inside);
        } catch (ZipException | EOFException | IllegalArgumentException broken) {
            // the last is what ZipInputStream says of a name that is not UTF-8
            Simulator.LOG.debug("{} is a broken archive: {}", name, broken.getMessage());
            upload.failure(Upload.Reason.INVALID_ZIP, name);
        }
    }

    @SuppressWarnings("resource") // the stream belongs to the caller, who reads on behind the entries
    private static List<CentralDirectory.Entry> entries(Tail tail, Upload inside) throws IOException {
        List<CentralDirectory.Entry> entries = new ArrayList<>();
        ZipInputStream zip = new ZipInputStream(tail);
        for (ZipEntry entry; (entry = zip.getNextEntry()) != null;) {
            Counting counting = new Counting(zip);
            if (!entry.isDirectory()) {
                UploadReader.file(entry.getName(), counting, inside);
            }
            zip.closeEntry();
            entries.add(new CentralDirectory.Entry(entry.getName(), counting.count));
        }
        return entries;
    }

    /** Counts what is read of one entry, because a deflated entry may say its size only behind its data. */
    private static final class Counting extends FilterInputStream {
        private long count;

        private Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            count += Math.max(read, 0);
            return read;
        }
    }

    /** Keeps the last megabyte of what passed, where the central directory stands. */
    private static final class Tail extends FilterInputStream {
        private static final int KEPT = 1024 * 1024;
        private final byte[] ring = new byte[KEPT];
        private long length;

        private Tail(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int wanted) throws IOException {
            int read = super.read(bytes, from, Math.min(wanted, KEPT));
            if (read > 0) {
                int at = (int) (length % KEPT);
                int first = Math.min(read, KEPT - at);
                System.arraycopy(bytes, from, ring, at, first);
                System.arraycopy(bytes, from + first, ring, 0, read - first);
                length += read;
            }
            return read;
        }

        private long length() {
            return length;
        }

        private byte[] bytes() {
            int size = (int) Math.min(length, KEPT);
            byte[] bytes = new byte[size];
            int start = (int) ((length - size) % KEPT);
            System.arraycopy(ring, start, bytes, 0, Math.min(size, KEPT - start));
            System.arraycopy(ring, 0, bytes, Math.min(size, KEPT - start), Math.max(0, size - (KEPT - start)));
            return bytes;
        }
    }
}
