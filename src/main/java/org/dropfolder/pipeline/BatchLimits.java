package org.dropfolder.pipeline;

import java.time.Duration;

/**
 * When a batch goes, and what goes in one request.
 *
 * @param quiet       nothing new came for so long
 * @param images      at most
 * @param bytes       of images, at most; one image goes whatever its size
 * @param uploadField the name of the multipart field
 */
public record BatchLimits(Duration quiet, int images, long bytes, String uploadField) { }
