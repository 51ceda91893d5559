package org.dropfolder.ledger;

import java.util.List;

/**
 * A batch and the images that it claimed, in the order of their arrival; each image bears its caption's text.
 */
public record Claimed(Batch batch, List<Asset> images) { }
