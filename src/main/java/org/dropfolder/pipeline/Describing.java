package org.dropfolder.pipeline;

import java.time.Duration;

/**
 * Whether captions that are missing are asked for.
 *
 * @param on     whether they are
 * @param budget in 24 hours, at most
 * @param longest an image waits for its own for so long
 */
public record Describing(boolean on, int budget, Duration longest) { }
