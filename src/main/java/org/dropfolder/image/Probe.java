package org.dropfolder.image;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/** Finds out what a file holds. */
public final class Probe {
    private Probe() {}

    /** As {@link #read(InputStream, String)}, where the name is not known. */
    public static Content read(InputStream stream) throws IOException {
        return read(stream, "");
    }

    /**
     * Reads a stream once, to its end, in constant memory, and leaves closing it to the caller. Whatever the bytes are,
     * the time grows with their number alone, and with the pixels that a PNG packs.
     *
     * @param name decides where the content fits several types, as cameras' raw pictures are TIFF, too
     * @throws IOException what the stream throws
     */
    public static Content read(InputStream stream, String name) throws IOException {
        try (Built built = new Built(Optional.of(name))) {
            return read(stream, built);
        }
    }

    /**
     * The same, and measures the picture meanwhile: of JPEG and PNG, within bounds of memory.
     *
     * @throws IOException what the stream throws
     */
    public static Content look(InputStream stream, String name) throws IOException {
        try (Built built = new Built(Optional.of(name))) {
            Reading reading = new Reading(stream, built);
            reading.begin();
            Optional<Look> look = Viewer.sees(built.type()) ? Viewer.look(reading, built.type()) : Optional.empty();
            return reading.end().with(look);
        }
    }

    /**
     * The same without a look at what it is: the type is {@link FileType#OTHER}, the condition {@link Condition#WHOLE}.
     *
     * @throws IOException what the stream throws
     */
    public static Content digest(InputStream stream) throws IOException {
        try (Built unknown = new Built(Optional.empty())) {
            return read(stream, unknown);
        }
    }

    private static Content read(InputStream stream, Built built) throws IOException {
        return new Reading(stream, built).end();
    }

    /** A stream that is read once, whoever else looks at what passes. */
    private static final class Reading implements Passing {
        private final InputStream stream;
        private final Built built;
        private final MessageDigest sha256 = sha256();
        private final CRC32 crc32 = new CRC32();
        private final byte[] buffer = new byte[BLOCK];
        /** The first block, as long as nobody was given it. */
        private int begun;
        private long size;
        private IOException failure;

        Reading(InputStream stream, Built built) {
            this.stream = stream;
            this.built = built;
        }

        /** Reads the first block, so that it is known what this is. */
        void begin() throws IOException {
            begun = read(buffer);
        }

        @Override
        public int next(byte[] into) throws IOException {
            if (begun == 0) {
                return read(into);
            }
            int length = begun;
            System.arraycopy(buffer, 0, into, 0, length);
            begun = 0;
            return length;
        }

        /** Reads on to the end. */
        Content end() throws IOException {
            if (failure != null) {
                throw failure;
            }
            while (read(buffer) > 0) {
                continue;
            }
            return new Content(size, crc32.getValue(), HexFormat.of().formatHex(sha256.digest()), built.type(), built.condition(size));
        }

        /** A failure is remembered: to whoever looks meanwhile it may be damage. */
        private int read(byte[] into) throws IOException {
            try {
                int length = stream.readNBytes(into, 0, BLOCK);
                if (length > 0) {
                    sha256.update(into, 0, length);
                    crc32.update(into, 0, length);
                    built.feed(into, length, size == 0);
                    size += length;
                }
                return length;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }

    /** The structure of the type that the first bytes tell, if it has one and is wanted. */
    private static final class Built implements AutoCloseable {
        private final Optional<String> name;
        private final Zeros zeros = new Zeros();
        private FileType type = FileType.OTHER;
        private Structure structure;

        Built(Optional<String> name) {
            this.name = name;
        }

        void feed(byte[] bytes, int length, boolean first) {
            if (name.isEmpty()) {
                return;
            }
            zeros.feed(bytes, length);
            if (first) {
                begin(bytes, length);
            }
            if (structure != null) {
                structure.feed(bytes, length);
            }
        }

        private void begin(byte[] bytes, int length) {
            type = ImageFormat.of(Arrays.copyOf(bytes, Math.min(length, ImageFormat.HEAD))).map(FileType::of)
                .orElseGet(() -> zeros.head() ? FileType.OTHER : Kinds.of(bytes, length, name.orElse("")));
            structure = switch (type) {
                case JPEG -> new JpegStructure();
                case PNG -> new PngStructure();
                case WEBP -> new WebpStructure();
                case GIF -> new GifStructure();
                case BMP -> new BmpStructure();
                case TIFF -> new TiffStructure();
                case ZIP -> new ZipStructure();
                default -> null;
            };
        }

        FileType type() {
            return structure == null ? type : structure.type();
        }

        Condition condition(long size) {
            Condition found = structure == null ? Condition.WHOLE : structure.condition();
            return name.isEmpty() ? Condition.WHOLE : zeros.judge(size, type(), found);
        }

        @Override
        public void close() {
            if (structure != null) {
                structure.close();
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Could not hash a file: this Java has no SHA-256. Use another one.", e);
        }
    }
}
