package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Fates;
import org.dropfolder.ledger.Targets;
import org.dropfolder.store.Effects;
import org.dropfolder.store.S3Encryption;
import org.dropfolder.store.S3Place;
import org.dropfolder.store.S3Server;
import org.dropfolder.store.S3Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a bucket each question costs a request, and the ledger asks while it keeps all other writers waiting. */
class PlacesTest {
    @TempDir
    Path folder;

    @Test
    void asksABucketWhereABatchesImagesRestBeforeTheLedgerWrites() throws IOException {
        try (S3Server s3 = new S3Server("photos"); PipelineFixture fixture = new PipelineFixture(folder)) {
            S3Store store = new S3Store(s3.client(), S3Place.of("s3://photos/inbox"), S3Place.of("s3://photos/dropfolder"),
                S3Encryption.BY_DEFAULT, Effects.UNDISTURBED);
            for (String name : List.of("tim", "tom", "tam", "tum")) {
                fixture.image("cats/" + name + ".jpg", name);
            }
            List<Asset> images = fixture.send("cats").images();
            Asset taken = images.get(0);
            Asset refused = images.get(1);
            Asset barred = images.get(2);
            s3.put("photos", "dropfolder/rejected/cats/" + barred.name(), "another one");
            Fates fates = new Fates(Map.of(refused.id(), "why", barred.id(), "why"), Set.of(images.get(3).id()));

            Targets targets = new Places(store, fixture.ledger).of(fixture.dataset("cats"), images, fates);
            s3.forget();

            assertThat(targets.of(AssetState.UPLOADED, taken.id(), taken.name())).isEqualTo("done/cats/" + taken.id() + "-" + taken.name());
            assertThat(targets.of(AssetState.REJECTED, refused.id(), refused.name())).isEqualTo("rejected/cats/" + refused.name());
            assertThat(targets.of(AssetState.REJECTED, barred.id(), barred.name()))
                .isEqualTo("rejected/cats/" + barred.id() + "-" + barred.name());
            assertThat(s3.asked()).isEmpty();
            assertThat(targets.of(AssetState.UPLOADED, 99, "copy.jpg")).as("who goes with them").isEqualTo("done/cats/99-copy.jpg");
            assertThat(s3.asked()).isNotEmpty();
        }
    }
}
