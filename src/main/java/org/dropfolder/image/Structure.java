package org.dropfolder.image;

/**
 * Follows how a file of one type is built, while its bytes pass by once: in constant memory, in time that grows with
 * the bytes alone, and whatever they are. Not thread safe.
 */
abstract class Structure implements AutoCloseable {
    /** More pixels than any camera makes; what claims more is a mistake, or meant to hurt whoever opens it. */
    static final long PIXELS = 250_000_000;

    private static final int PART = 64;

    /** What to do with the bytes that come. */
    @FunctionalInterface
    interface State {
        /** @return how far they were taken: at least one further than {@code from}, or another state was entered */
        int take(byte[] bytes, int from, int to);
    }

    /** What comes next. */
    @FunctionalInterface
    interface Step {
        void go();
    }

    /** Sees bytes that pass by. */
    @FunctionalInterface
    interface Sink {
        void see(byte[] bytes, int from, int to);
    }

    private final State collecting = this::collect;
    private final State passing = this::pass;
    private State state = collecting;
    private Step next;
    private Sink sink;
    private long left;
    private int have;
    private Condition verdict;
    private Condition whenWhole = Condition.WHOLE;

    /** The bytes that were {@linkplain #expect expected}. */
    protected byte[] part = new byte[PART];

    /** The type as it shows inside. */
    abstract FileType type();

    /** What it is if nothing more comes, and nothing was found yet. */
    Condition unended() {
        return Condition.UNFINISHED;
    }

    /** Takes the file's next bytes. */
    final void feed(byte[] bytes, int length) {
        for (int at = 0; at < length && verdict == null;) {
            at = state.take(bytes, at, length);
        }
    }

    /** What was found, once all has been fed. */
    final Condition condition() {
        return verdict == null ? unended() : verdict;
    }

    @Override
    public void close() { }

    /** Collects so many bytes into {@link #part}; then goes on. */
    protected final void expect(int bytes, Step then) {
        if (bytes > part.length) {
            part = new byte[bytes];
        }
        have = 0;
        left = bytes;
        next = then;
        state = collecting;
    }

    /** Lets so many bytes pass, perhaps none; then goes on. */
    protected final void skip(long bytes, Step then) {
        through(bytes, null, then);
    }

    /** Lets so many bytes pass by one who sees them; then goes on. */
    protected final void through(long bytes, Sink by, Step then) {
        if (bytes == 0) {
            then.go();
            return;
        }
        left = bytes;
        sink = by;
        next = then;
        state = passing;
    }

    protected final void enter(State other) {
        state = other;
    }

    /** It is all there; what follows behind it does not count. */
    protected final void whole() {
        verdict = whenWhole;
    }

    /** It can't be right, unless it is of a kind that is not known well enough to say so. */
    protected final void broken() {
        verdict = whenWhole == Condition.UNUSUAL ? Condition.UNUSUAL : Condition.BROKEN;
    }

    protected final void unfinished() {
        verdict = Condition.UNFINISHED;
    }

    protected final boolean decided() {
        return verdict != null;
    }

    /** What it will be if all of it is there; the first word counts, but for a mere doubt. */
    protected final void whenWhole(Condition condition) {
        if (whenWhole == Condition.WHOLE || whenWhole == Condition.DOUBTFUL) {
            whenWhole = condition;
        }
    }

    /** Judges the size that the file claims. */
    protected final void pixels(long width, long height) {
        if (width == 0 || height == 0) {
            broken();
        } else if (width > PIXELS || height > PIXELS || width * height > PIXELS) {
            whenWhole(Condition.TOO_MANY_PIXELS);
        }
    }

    protected final int u8(int at) {
        return Byte.toUnsignedInt(part[at]);
    }

    protected final int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    protected final long u32(int at) {
        return (long) u16(at) << 16 | u16(at + 2);
    }

    /** With the lowest byte first. */
    protected final int le16(int at) {
        return u8(at) | u8(at + 1) << 8;
    }

    protected final int le24(int at) {
        return le16(at) | u8(at + 2) << 16;
    }

    protected final long le32(int at) {
        return le16(at) | (long) le16(at + 2) << 16;
    }

    /** Whether these letters stand there. */
    protected final boolean says(int at, String letters) {
        for (int i = 0; i < letters.length(); i++) {
            if (u8(at + i) != letters.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int collect(byte[] bytes, int from, int to) {
        int taken = (int) Math.min(left, to - from);
        System.arraycopy(bytes, from, part, have, taken);
        have += taken;
        left -= taken;
        if (left == 0) {
            next.go();
        }
        return from + taken;
    }

    private int pass(byte[] bytes, int from, int to) {
        int taken = (int) Math.min(left, to - from);
        if (sink != null) {
            sink.see(bytes, from, from + taken);
        }
        left -= taken;
        if (left == 0 && verdict == null) {
            next.go();
        }
        return from + taken;
    }
}
