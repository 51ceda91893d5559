package org.dropfolder.ledger;

import java.util.Optional;

/**
 * An image as it is seen beside the others of its dataset.
 *
 * @param caption its text, as it was sent or will be
 * @param look    what was measured of it, as it was written down
 */
public record Picture(Asset image, Optional<String> caption, Optional<String> look) { }
