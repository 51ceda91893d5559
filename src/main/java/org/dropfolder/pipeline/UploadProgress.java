package org.dropfolder.pipeline;

import java.time.Duration;
import java.util.Optional;

/**
 * How far an upload is.
 *
 * @param dataset the name of its folder
 * @param bytes   of its files that were sent
 * @param of      bytes of its files in all
 * @param rate    bytes in a second, over the last seconds
 * @param left    until all is sent; empty where that is not known well enough to be said
 * @param lasting whether it is large, and takes so long that people want to see it
 */
public record UploadProgress(String dataset, long bytes, long of, long rate, Optional<Duration> left, boolean lasting) { }
