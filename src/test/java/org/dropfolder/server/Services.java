package org.dropfolder.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.simulator.Simulator;
import org.dropfolder.store.S3Server;

/** What a server talks to while it goes on from a world: the simulator with its account, and what has its bucket, if it has one. */
final class Services implements AutoCloseable {
    /** A look at a bucket takes a listing; and what is no image may be the last that leaves the inbox, which wakes nobody. */
    private static final Map<String, String> UNHURRIED = Map.of("dropfolder.settle", "100ms", "dropfolder.s3.scan", "100ms",
        "dropfolder.sweep", "1s");
    /** What is drawn with a simulator's models outlives it, as at Ideogram. */
    private static final org.dropfolder.simulator.Pictures PICTURES = pictures();
    private final World world;
    private final Simulator simulator;
    private final Optional<S3Server> s3;

    /** Starts them, on ports of their own. */
    Services(World world) throws IOException {
        this.world = world;
        this.simulator = world.simulator(PICTURES);
        this.s3 = world.inBucket() ? Optional.of(S3Server.over(world.buckets())) : Optional.empty();
    }

    private static org.dropfolder.simulator.Pictures pictures() {
        try {
            return org.dropfolder.simulator.Pictures.start(Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Simulator simulator() {
        return simulator;
    }

    /** What is to be dropped goes in as people's programs bring it. */
    Drop drop() {
        return world.inBucket() ? new Drop(world, (location, bytes) -> put("inbox/" + location, bytes)) : new Drop(world);
    }

    /** Puts an object into the world's bucket, where it has one. */
    void put(String key, byte[] bytes) {
        s3.orElseThrow().put(World.BUCKET, key, bytes);
    }

    /** Settings with which the whole way takes seconds. */
    Settings settings(Map<String, String> more) {
        Map<String, String> all = new HashMap<>();
        s3.ifPresent(service -> {
            all.putAll(UNHURRIED);
            all.putAll(Map.of("dropfolder.inbox", "s3://" + World.BUCKET + "/inbox",
                "dropfolder.s3.endpoint", service.endpoint().toString(), "dropfolder.s3.path-style", "true",
                "dropfolder.s3.access-key", S3Server.KEYS.accessKey(), "dropfolder.s3.secret-key", S3Server.KEYS.secretKey()));
        });
        all.putAll(more);
        return world.settings(simulator, all);
    }

    @Override
    public void close() {
        simulator.close();
        s3.ifPresent(S3Server::close);
    }
}
