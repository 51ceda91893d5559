package org.dropfolder.server;

import org.dropfolder.pipeline.BatchLimits;
import org.dropfolder.pipeline.ModelSettings;
import org.dropfolder.pipeline.Patience;
import org.dropfolder.pipeline.Spending;
import org.dropfolder.pipeline.Sweeper;

/** What the beans of the way are told of the settings. */
final class PipelineSettings {
    private PipelineSettings() { }

    static BatchLimits limits(Settings settings) {
        Settings.Batch batch = settings.batch();
        return new BatchLimits(batch.quiet(), batch.images(), batch.size(), settings.ideogram().uploadField());
    }

    static Spending spending(Settings settings) {
        Settings.Training training = settings.training();
        return new Spending(training.images(), training.quiet(), training.start(),
            training.daily(), training.price(), training.retrain(), settings.simulated());
    }

    static Patience patience(Settings settings) {
        return new Patience(settings.doubt().upload(), settings.doubt().training());
    }

    static ModelSettings models(Settings settings) {
        return new ModelSettings(settings.training().name(), settings.poll().delay(), settings.poll().timeout());
    }

    static Sweeper.Pace pace(Settings settings) {
        return new Sweeper.Pace(settings.batch().quiet(), settings.training().quiet(), settings.intake().captionWait(),
            settings.poll().delay(), settings.training().images(), settings.training().retrain());
    }
}
