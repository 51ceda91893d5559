package org.dropfolder.pipeline;

import java.time.Duration;
import org.dropfolder.ideogram.ModelName;

/**
 * How a model is called, and how its training is followed.
 *
 * @param name        with {@code {dataset}} and {@code {run}} to be filled in
 * @param pollDelay   between two looks at it
 * @param pollTimeout from its start; then it is called stalled
 */
public record ModelSettings(String name, Duration pollDelay, Duration pollTimeout) {

    /** The name of the model that this run makes where a person named it: that stands for the dataset's, however {@code name} is made. */
    String modelNamed(String named, int run) {
        String pattern = name.contains("{dataset}") ? name : name.contains("{run}") ? "{dataset} {run}" : "{dataset}";
        return new ModelSettings(pattern, pollDelay, pollTimeout).modelName(named, run);
    }

    /** The name of the model that this run of the dataset's trainings makes. */
    String modelName(String dataset, int run) {
        return ModelName.of(name.replace("{run}", Integer.toString(run)).replace("{dataset}", dataset));
    }
}
