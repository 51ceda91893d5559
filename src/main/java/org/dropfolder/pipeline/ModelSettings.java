package org.dropfolder.pipeline;

import java.time.Duration;

/**
 * How a model is called, and how its training is followed.
 *
 * @param name        with {@code {dataset}} and {@code {run}} to be filled in
 * @param pollDelay   between two looks at it
 * @param pollTimeout from its start; then it is called stalled
 */
public record ModelSettings(String name, Duration pollDelay, Duration pollTimeout) { }
