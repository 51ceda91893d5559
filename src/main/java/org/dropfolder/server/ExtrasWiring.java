package org.dropfolder.server;

import java.time.Clock;
import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.main.Main;
import org.dropfolder.ideogram.PictureClient;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.pipeline.Describer;
import org.dropfolder.pipeline.Sampler;
import org.dropfolder.pipeline.Watchman;
import org.dropfolder.store.ImageStore;

/** Makes the beans of what is asked of Ideogram beside uploads and trainings, and names them for the routes. */
final class ExtrasWiring implements AutoCloseable {
    /** How long the fetching of a picture may take. */
    private static final Duration PICTURE = Duration.ofMinutes(1);

    private final Settings settings;
    private final Extras extras;
    private final PictureClient pictures;

    ExtrasWiring(Settings settings, Seam seam) {
        this.settings = settings;
        this.extras = Extras.of(settings);
        this.pictures = new PictureClient(settings.ideogram().url(), PICTURE, seam);
    }

    void bind(Main main, Ledger ledger, ImageStore store, Watchman watchman, Clock clock) {
        HttpClientConfigurer fetcher = pictures::configure;
        main.bind("pictureClient", fetcher);
        main.bind("describer", new Describer(ledger, store, extras.describing(settings.intake().captionWait()), watchman, clock));
        main.bind("sampler", new Sampler(ledger, store, extras.sampling(settings.simulated()), watchman, clock));
    }

    /** A fetch that is under way ends now, as if its connection had broken. */
    @Override
    public void close() {
        pictures.close();
    }
}
