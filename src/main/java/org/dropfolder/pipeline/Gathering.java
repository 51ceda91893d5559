package org.dropfolder.pipeline;

import java.time.Instant;

/**
 * Images of a dataset that came one soon after the other. It says when a batch should go; what goes, says the ledger.
 *
 * @param since when the first came
 */
public record Gathering(String dataset, int images, long bytes, Instant since) { }
