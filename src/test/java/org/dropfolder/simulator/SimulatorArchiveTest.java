package org.dropfolder.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dropfolder.contract.Watched;
import org.dropfolder.simulator.Client.Part;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SimulatorArchiveTest {
    private Simulator simulator;
    private Client client;
    private String dataset;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(Watched.simulator());
        client = new Client(simulator);
        dataset = client.dataset("cats", 0);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private List<Account.File> files() {
        return simulator.account().datasets().get(0).files();
    }

    private JsonNode upload(byte[] archive) throws IOException, InterruptedException {
        return Client.json(client.upload(dataset, Part.file("batch.zip", archive)));
    }

    private static Map<String, byte[]> twoImagesAndACaption() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("a.jpg", Samples.jpeg("a"));
        files.put("b.png", Samples.png("b".repeat(100_000)));
        files.put("b.txt", Samples.text("a letter"));
        return files;
    }

    @Test
    void takesStoredEntries() throws Exception {
        JsonNode outcome = upload(Samples.storedZip(twoImagesAndACaption()));

        assertThat(outcome.get("total_count").asInt()).isEqualTo(2);
        assertThat(outcome.get("success_count").asInt()).isEqualTo(2);
        assertThat(files()).extracting(Account.File::name).containsExactly("a.jpg", "b.png");
        assertThat(files().get(1).sha256()).isEqualTo(Samples.sha256(Samples.png("b".repeat(100_000))));
        assertThat(files().get(1).caption()).hasValue("a letter");
    }

    @Test
    void takesDeflatedEntries() throws Exception {
        upload(Samples.deflatedZip(twoImagesAndACaption()));

        assertThat(files()).extracting(Account.File::size).containsExactly(5L, 100_008L);
    }

    @Test
    void takesSeveralArchivesAndImagesAtOnce() throws Exception {
        client.upload(dataset, Part.file("one.zip", Samples.storedZip(Map.of("a.jpg", Samples.jpeg("a")))),
                Part.file("b.jpg", Samples.jpeg("b")),
                Part.file("two.ZIP", Samples.storedZip(Map.of("c.jpg", Samples.jpeg("c")))));

        assertThat(files()).extracting(Account.File::name).containsExactly("a.jpg", "b.jpg", "c.jpg");
    }

    @Test
    void failsAFileWithinAnArchiveAlone() throws Exception {
        Map<String, byte[]> files = twoImagesAndACaption();
        files.put("c.jpg", Samples.text("not a JPEG"));

        JsonNode outcome = upload(Samples.storedZip(files));

        assertThat(outcome.get("failed_assets").toString())
                .isEqualTo("[{\"failure_reason\":\"INVALID_IMAGE\",\"file_name\":\"c.jpg\"}]");
        assertThat(outcome.get("success_count").asInt()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void keepsNothingOfABrokenArchive(String what, byte[] archive) throws Exception {
        JsonNode outcome = upload(archive);

        assertThat(outcome.get("failed_assets").toString())
                .isEqualTo("[{\"failure_reason\":\"INVALID_ZIP\",\"file_name\":\"batch.zip\"}]");
        assertThat(outcome.get("total_count").asInt()).isEqualTo(1);
        assertThat(files()).isEmpty();
    }

    static Stream<Arguments> keepsNothingOfABrokenArchive() throws IOException {
        byte[] sound = Samples.storedZip(twoImagesAndACaption());
        int end = sound.length - 22;
        int directory = ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getInt(end + 16);
        return Stream.of(
                Arguments.of("no archive at all", Samples.text("this is no archive")),
                Arguments.of("nothing", new byte[0]),
                Arguments.of("cut within an entry", Arrays.copyOf(sound, 60_000)),
                Arguments.of("cut before its directory", Arrays.copyOf(sound, directory)),
                Arguments.of("cut within its end", Arrays.copyOf(sound, sound.length - 1)),
                Arguments.of("more behind its end", Arrays.copyOf(sound, sound.length + 7)),
                Arguments.of("another content than its checksum", with(sound, bytes -> bytes.put(38, (byte) 'x'))),
                Arguments.of("a count that is wrong", with(sound, bytes -> bytes.putShort(end + 10, (short) 2))),
                Arguments.of("a directory elsewhere", with(sound, bytes -> bytes.putInt(end + 16, directory + 1))),
                Arguments.of("another name listed", with(sound, bytes -> bytes.put(directory + 46, (byte) 'x'))),
                Arguments.of("another size listed", with(sound, bytes -> bytes.putInt(directory + 24, 6))),
                Arguments.of("an entry listed twice at one place", with(sound,
                        bytes -> bytes.putInt(directory + 51 + 42, bytes.getInt(directory + 42)))),
                Arguments.of("an entry listed within another", with(sound,
                        bytes -> bytes.putInt(directory + 51 + 42, 20))));
    }

    private static byte[] with(byte[] sound, Consumer<ByteBuffer> change) {
        byte[] changed = sound.clone();
        change.accept(ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN));
        return changed;
    }
}
