package org.dropfolder.pipeline;

import java.time.Duration;
import java.util.Optional;

/**
 * How long listings must keep denying what may have happened, before it is believed that it did not.
 *
 * @param upload   for a batch, and for the creation of a dataset
 * @param training for a training; empty where only a person may decide that
 */
public record Patience(Duration upload, Optional<Duration> training) { }
