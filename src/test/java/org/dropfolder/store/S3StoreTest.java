package org.dropfolder.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** The contract on a real S3 server, and what only a bucket can do. Each test has places of its own. */
class S3StoreTest extends ImageStoreContract {
    static final String BUCKET = "photos";
    static final String SOURCE = "cats/photo.jpg";
    static final String TARGET = "pending/cats/17-photo.jpg";

    private static S3Server server;
    private static int tests;

    private S3Place inbox;
    private S3Place data;
    private S3Store store;

    /** A machine that stops just before, or just after, one of its effects. */
    private static final class Cut extends RuntimeException { }

    @BeforeAll
    static void start() {
        server = new S3Server(BUCKET);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void begin() {
        tests++;
        inbox = S3Place.of("s3://" + BUCKET + "/" + tests + "/inbox");
        data = S3Place.of("s3://" + BUCKET + "/" + tests + "/data");
        store = over(Effects.UNDISTURBED);
        // an inbox is there: as a disk's folder is
        server.put(BUCKET, inbox.prefix(), "");
    }

    @AfterEach
    void heal() {
        server.heal();
    }

    @Override
    ImageStore store() {
        return store;
    }

    @Override
    void drop(String source, String content) {
        server.put(BUCKET, inbox.prefix() + source, content);
    }

    private S3Store over(Effects effects) {
        return new S3Store(server.client(), inbox, data, S3Encryption.BY_DEFAULT, effects);
    }

    @Test
    void finishesATakingThatWasCutOffBeforeOrAfterAnyEffect() throws IOException {
        List<String> passed = new ArrayList<>();
        for (int cut = 0; isCut(cut, passed); cut++) {
            assertThat(there(inbox, SOURCE) || there(data, TARGET)).as("after %s", passed).isTrue();
            over(Effects.UNDISTURBED).take(SOURCE, TARGET);
            assertTaken();
            server.client().deleteObject(request -> request.bucket(BUCKET).key(data.key(TARGET)));
        }
        assertTaken();
        assertThat(passed).extracting(what -> what.replaceFirst(" .*", "")).containsExactly("copy", "copy", "delete", "delete");
    }

    /** Drops the source anew and takes it until this seam, two at each effect; whether there was one. */
    private boolean isCut(int at, List<String> passed) throws IOException {
        drop(SOURCE, "meow");
        passed.clear();
        Effects cut = new Effects() {
            @Override
            public void before(String what) {
                seam(what);
            }

            @Override
            public void after(String what) {
                seam(what);
            }

            private void seam(String what) {
                passed.add(what);
                if (passed.size() == at + 1) {
                    throw new Cut();
                }
            }
        };
        try {
            over(cut).take(SOURCE, TARGET);
            return false;
        } catch (Cut e) {
            return true;
        }
    }

    @Test
    void finishesAMoveWhoseAnswersWereLost() throws IOException {
        drop(SOURCE, "meow");
        server.refuse(S3Server.Operation.DELETE, 503, "SlowDown");
        assertThatIOException().isThrownBy(() -> store.take(SOURCE, TARGET)).withMessageContaining("slow down");
        assertThat(there(inbox, SOURCE) && there(data, TARGET)).isTrue();
        server.heal();
        store.take(SOURCE, TARGET);
        assertTaken();
    }

    @Test
    void takesWhatWasOverwrittenBeforeItsCopyWasMadeForAnother() {
        drop(SOURCE, "meow");
        S3Store racing = over(what -> {
            if (what.startsWith("copy")) {
                drop(SOURCE, "purr");
            }
        });
        assertThatIOException().isThrownBy(() -> racing.take(SOURCE, TARGET)).withMessageContaining("changed while it was copied");
        assertThat(text(inbox, SOURCE)).isEqualTo("purr");
        assertThat(there(data, TARGET)).isFalse();
    }

    @Test
    void deletesNothingThatWasOverwrittenWhileItWasCopied() {
        drop(SOURCE, "meow");
        S3Store racing = over(what -> {
            if (what.startsWith("delete")) {
                drop(SOURCE, "purr");
            }
        });
        assertThatIOException().isThrownBy(() -> racing.take(SOURCE, TARGET)).withMessageContaining("changed while it was copied");
        assertThat(text(inbox, SOURCE)).isEqualTo("purr");
        assertThat(text(data, TARGET)).isEqualTo("meow");
        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> over(Effects.UNDISTURBED).take(SOURCE, TARGET));
    }

    /** This server does not know the condition when it copies; those that do keep what came between the look and the copy. */
    @Test
    void asksTheServiceToOverwriteNothingAndToTakeOnlyWhatWasSeen() throws IOException {
        drop(SOURCE, "meow");
        String version = store.look(SOURCE).orElseThrow().version();
        int before = server.requests().size();
        store.take(SOURCE, TARGET);
        List<SdkHttpRequest> sent = server.requests().subList(before, server.requests().size());
        assertThat(sent).anySatisfy(copy -> {
            assertThat(copy.firstMatchingHeader("x-amz-copy-source-if-match")).contains(version);
            assertThat(copy.firstMatchingHeader("If-None-Match")).contains("*");
        });
        assertThat(sent).anySatisfy(delete -> {
            assertThat(delete.method()).isEqualTo(SdkHttpMethod.DELETE);
            assertThat(delete.firstMatchingHeader("If-Match")).contains(version);
        });
        assertThat(sent).as("requests of a move").hasSize(6);
    }

    @Test
    void tellsByItsVersionWhatHasTheSameSizeAndTime() throws IOException {
        drop(SOURCE, "meow");
        Dropped first = store.look(SOURCE).orElseThrow();
        drop(SOURCE, "purr");
        Dropped second = store.look(SOURCE).orElseThrow();
        assertThat(second.size()).isEqualTo(first.size());
        assertThat(second.version()).isNotBlank().isNotEqualTo(first.version());
    }

    @Test
    void keepsTheTimeOfADropThroughAllMoves() throws IOException {
        drop(SOURCE, "meow");
        Instant then = store.look(SOURCE).orElseThrow().modified();
        store.take(SOURCE, TARGET);
        store.move(TARGET, "done/cats/17-photo.jpg");
        assertThat(store.lookTarget("done/cats/17-photo.jpg").orElseThrow().modified()).isEqualTo(then);
        server.put(BUCKET, data.key("done/cats/17-photo.jpg"), "another");
        assertThat(store.lookTarget("done/cats/17-photo.jpg").orElseThrow().size()).isEqualTo(7);
    }

    @Test
    void keepsWhatAnObjectBearsBesideItsBytes() throws IOException {
        server.client().putObject(request -> request.bucket(BUCKET).key(inbox.key(SOURCE)).contentType("image/jpeg")
            .metadata(Map.of("mtime", "1700000000.5")), RequestBody.fromString("meow"));
        store.take(SOURCE, TARGET);
        var taken = server.client().headObject(request -> request.bucket(BUCKET).key(data.key(TARGET)));
        assertThat(taken.contentType()).isEqualTo("image/jpeg");
        assertThat(taken.metadata()).containsEntry("mtime", "1700000000.5");
    }

    @Test
    void movesWhatWasUploadedInPartsThoughItsTagIsNoHash() throws IOException {
        byte[] begin = new byte[5 << 20];
        String upload = server.client().createMultipartUpload(request -> request.bucket(BUCKET).key(inbox.key(SOURCE))).uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        for (byte[] part : List.of(begin, "end".getBytes(UTF_8))) {
            int number = parts.size() + 1;
            parts.add(CompletedPart.builder().partNumber(number).eTag(server.client().uploadPart(request -> request.bucket(BUCKET)
                .key(inbox.key(SOURCE)).uploadId(upload).partNumber(number), RequestBody.fromBytes(part)).eTag()).build());
        }
        server.client().completeMultipartUpload(request -> request.bucket(BUCKET).key(inbox.key(SOURCE)).uploadId(upload)
            .multipartUpload(all -> all.parts(parts)));
        assertThat(store.look(SOURCE).orElseThrow().version()).contains("-2");
        server.refuse(S3Server.Operation.DELETE, 503, "SlowDown");
        assertThatIOException().isThrownBy(() -> store.take(SOURCE, TARGET));
        server.heal();
        store.take(SOURCE, TARGET);
        assertThat(there(inbox, SOURCE)).isFalse();
        assertThat(store.lookTarget(TARGET).orElseThrow().size()).isEqualTo((5 << 20) + 3);
    }

    @Test
    void copiesInPartsWhatIsTooLargeForOneRequest() throws IOException {
        byte[] bytes = new byte[11 << 20];
        new Random(7).nextBytes(bytes);
        server.put(BUCKET, inbox.key(SOURCE), bytes);
        S3Objects objects = new S3Objects(server.client(), S3Encryption.BY_DEFAULT, Effects.UNDISTURBED, () -> { });
        S3Moves moves = new S3Moves(objects, new S3Moves.Sizes(1 << 20, 5 << 20));
        moves.move(new S3Moves.Spot(BUCKET, inbox.key(SOURCE)), new S3Moves.Spot(BUCKET, data.key(TARGET)), true);
        assertThat(there(inbox, SOURCE)).isFalse();
        assertThat(server.get(BUCKET, data.key(TARGET))).isEqualTo(bytes);
        assertThat(server.client().headObject(request -> request.bucket(BUCKET).key(data.key(TARGET))).eTag()).contains("-3");
    }

    @Test
    void writesInPartsWhatIsLong() throws IOException {
        byte[] bytes = new byte[17 << 20];
        new Random(8).nextBytes(bytes);
        String staged = store.stage(1, 1, out -> out.write(bytes));
        assertThat(server.get(BUCKET, data.key(staged))).isEqualTo(bytes);
        IOException broken = new IOException("the archive ends too early");
        assertThatIOException().isThrownBy(() -> store.stage(1, 2, out -> {
            out.write(bytes);
            throw broken;
        })).isSameAs(broken);
        assertThat(server.client().listMultipartUploads(request -> request.bucket(BUCKET)).uploads()).isEmpty();
    }

    @Test
    void readsALongTargetInWindows() throws IOException {
        byte[] bytes = new byte[1_000_003];
        new Random(9).nextBytes(bytes);
        server.put(BUCKET, data.key(TARGET), bytes);
        int before = server.requests().size();
        try (SeekableByteChannel channel = store.openChannel(TARGET)) {
            ByteBuffer all = ByteBuffer.allocate(bytes.length);
            while (channel.read(all.limit(Math.min(bytes.length, all.position() + 1000))) > 0) {
                // a thousand bytes at a time
            }
            assertThat(all.array()).isEqualTo(bytes);
            ByteBuffer end = ByteBuffer.allocate(22);
            channel.position(bytes.length - 22).read(end);
            assertThat(end.array()).isEqualTo(Arrays.copyOfRange(bytes, bytes.length - 22, bytes.length));
            assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
        assertThat(server.requests().size() - before).as("requests").isLessThan(10);
    }

    @Test
    void readsNoMixtureOfTwoVersions() throws IOException {
        server.put(BUCKET, data.key(TARGET), new byte[200_000]);
        try (SeekableByteChannel channel = store.openChannel(TARGET)) {
            channel.read(ByteBuffer.allocate(10));
            byte[] other = new byte[200_000];
            other[0] = 1;
            server.put(BUCKET, data.key(TARGET), other);
            assertThatIOException().isThrownBy(() -> channel.position(150_000).read(ByteBuffer.allocate(10)));
        }
    }

    @Test
    void leavesTheRestWhereAReaderHasEnough() throws IOException {
        server.put(BUCKET, inbox.key(SOURCE), new byte[20 << 20]);
        for (int i = 0; i < 40; i++) {
            try (InputStream bytes = store.openSource(SOURCE)) {
                assertThat(bytes.readNBytes(100)).hasSize(100);
            }
        }
    }

    @Test
    void takesEveryKeyThatIsLegal() throws IOException {
        List<String> names = new ArrayList<>(List.of("a b", "a+b", "100%", "%41", "a%2Fb", "a&b=c?d#e;f", "\u732b \uD83D\uDE00", "a\u0308",
            "a\\b", "\"quoted\" 'too'", "<&>", "~!@$^*()[]{}|`,:", "line\nfeed", "tab\there", "bell\u0007", "...", " "));
        for (String name : names) {
            drop("all kinds/" + name + ".jpg", name);
        }
        assertThat(store.inboxFolders(any -> true)).containsExactly("all kinds");
        assertThat(server.keys(BUCKET, inbox.key("all kinds"))).hasSize(names.size());
        for (String name : names) {
            String source = "all kinds/" + name + ".jpg";
            assertThat(store.look(source)).as(name).isPresent();
            String target = store.pendingFor("all kinds", names.indexOf(name), name + ".jpg");
            store.take(source, target);
            assertThat(read(target)).isEqualTo(name);
        }
        assertThat(server.keys(BUCKET, inbox.key("all kinds"))).isEmpty();
        List<Shelved> shelved = new ArrayList<>();
        store.list(Shelf.PENDING, shelved::addAll);
        assertThat(shelved).hasSize(names.size()).allMatch(each -> each.dataset().equals("all kinds"));
    }

    @Test
    void takesFoldersThatAreObjectsForNoFiles() throws IOException {
        server.put(BUCKET, inbox.prefix() + "cats/", "");
        server.put(BUCKET, inbox.prefix() + "cats/deep/", "");
        server.put(BUCKET, inbox.prefix() + "x".repeat(256) + "/tom.jpg", "no location");
        assertThat(store.inboxHolds("cats", Instant.EPOCH)).isFalse();
        assertThat(store.inboxHolds("x".repeat(256), Instant.EPOCH)).isFalse();
        assertThat(store.inboxHolds(Instant.EPOCH)).isFalse();
        assertThat(store.inboxFolders(any -> true)).containsExactly("cats");
        assertThat(store.writeReport("cats", "nothing yet\n")).isTrue();
        assertThat(store.look("cats/_status.txt")).isPresent();
    }

    private boolean there(S3Place place, String location) {
        return server.keys(BUCKET, place.key(location)).contains(place.key(location));
    }

    private String text(S3Place place, String location) {
        return new String(server.get(BUCKET, place.key(location)), UTF_8);
    }

    private void assertTaken() {
        assertThat(there(inbox, SOURCE)).isFalse();
        assertThat(server.keys(BUCKET, data.prefix())).containsExactly(data.key(TARGET));
        assertThat(text(data, TARGET)).isEqualTo("meow");
    }
}
