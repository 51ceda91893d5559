package org.dropfolder.ledger;

import java.util.Optional;

/**
 * An image that waits for a batch, and for which no caption came.
 *
 * @param description what was written down about it; empty where nothing was
 */
public record Undescribed(Asset image, Optional<Description> description) { }
