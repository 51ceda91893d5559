package org.dropfolder.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.dropfolder.Allocated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An image is read in constant memory, however large it is. */
class ProbeMemoryTest {
    private static final int SMALL = 2;
    private static final int LARGE = 20;
    /** A buffer, and what is kept of a structure. */
    private static final long BOUND = 200_000;
    /** A few objects for what is met more often in a larger one. */
    private static final long SOME = 5_000;

    private interface Painter {
        byte[] paint(int megabytes) throws IOException;
    }

    private enum Kind {
        JPEG(LargeImages::jpeg), PNG(LargeImages::png), WEBP(LargeImages::webp);

        private final Painter painter;

        Kind(Painter painter) {
            this.painter = painter;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anImageThatIsReadTakesNoMoreOfTheHeapTheLargerItIs(Kind kind) throws Exception {
        byte[] small = kind.painter.paint(SMALL);
        byte[] large = kind.painter.paint(LARGE);
        assertThat(large.length).isBetween(LARGE * 900_000, LARGE * 1_200_000);

        long forSmall = Allocated.by(() -> read(kind, small));
        long forLarge = Allocated.by(() -> read(kind, large));
        assertThat(forLarge).isLessThan(BOUND).isLessThan(forSmall + SOME);
    }

    private static void read(Kind kind, byte[] bytes) throws IOException {
        Content content = Probe.read(new ByteArrayInputStream(bytes));
        assertThat(content.type().name()).isEqualTo(kind.name());
        assertThat(content.condition()).isNotIn(Condition.BROKEN, Condition.UNFINISHED);
    }
}
