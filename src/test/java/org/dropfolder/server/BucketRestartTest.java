package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server goes on where another one left a bucket, and people did something there meanwhile. */
class BucketRestartTest {
    private static final Clock CLOCK = Clock.tickMillis(ZoneOffset.UTC);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    private Path folder;
    private World world;
    private Services services;
    private Drop drop;

    @BeforeEach
    void begin() throws Exception {
        world = World.in(folder.resolve("world"), World.Rest.BUCKET);
        services = new Services(world);
        drop = new Drop(world, (location, bytes) -> services.put("inbox/" + location, bytes));
        for (int i = 1; i <= 15; i++) {
            drop.image("garden", "rose " + i + ".png", Pictures.png(i), "");
        }
    }

    @AfterEach
    void end() {
        services.close();
    }

    @Test
    void whatIsOverwrittenAfterAKillBetweenCopyAndDeletionArrivesBesideItsFirst() throws Exception {
        CrashPoints points = new CrashPoints(world, folder.resolve("points"),
            when -> when.startsWith("after copy s3://photos/inbox/garden/rose 3.png "));
        goOn(points);
        services.close();
        world = points.points().get(0).world();
        services = new Services(world);
        assertThat(World.files(world.inbox())).contains(world.inbox().resolve("garden/rose 3.png"));
        drop.image("garden", "rose 3.png", Pictures.png(33), "");
        goOn(Seam.UNDISTURBED);
    }

    @Test
    void whatIsInFlightWhenItStopsIsTakenOnce() throws Exception {
        CountDownLatch copies = new CountDownLatch(5);
        Seam counts = what -> {
            if (what.startsWith("copy")) {
                copies.countDown();
            }
        };
        try (Server server = Server.start(services.settings(Map.of()), CLOCK, counts)) {
            assertThat(copies.await(LONGEST.toSeconds(), TimeUnit.SECONDS)).as(server.address()).isTrue();
        }
        assertThat(new Reckoning(drop, world, services.simulator().account()).wrongs()).isEmpty();
        goOn(Seam.UNDISTURBED);
    }

    @Test
    void whatIsMendedWhereItWasSetAsideIsTakenUp() throws Exception {
        byte[] broken = "no image at all".getBytes(StandardCharsets.UTF_8);
        drop.other("garden", "notes.jpg", broken);
        goOn(Seam.UNDISTURBED);
        Path aside = world.store().resolve("rejected/garden/notes.jpg");
        assertThat(World.files(world.store().resolve("rejected"))).hasSize(2).contains(aside);

        services.put("dropfolder/rejected/garden/notes.jpg", Pictures.png(50));
        drop.replaced("garden", broken, Pictures.png(50));
        assertThat(new Messenger(services.settings(Map.of())).retry("garden").done()).isTrue();
        goOn(Seam.UNDISTURBED);

        assertThat(World.files(world.store().resolve("rejected"))).isEmpty();
    }

    /** Until nothing is missing; then nothing may be wrong. */
    private void goOn(Seam seam) throws Exception {
        try (Server server = Server.start(services.settings(Map.of()), CLOCK, seam)) {
            await(server.address()).atMost(LONGEST)
                .untilAsserted(() -> assertThat(new Reckoning(drop, world, services.simulator().account()).missing()).isEmpty());
        }
        assertThat(new Reckoning(drop, world, services.simulator().account()).wrongs()).as(world::history).isEmpty();
    }
}
