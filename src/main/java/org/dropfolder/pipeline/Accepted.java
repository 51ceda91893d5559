package org.dropfolder.pipeline;

/**
 * The wake-up that an image or a caption was accepted, or waits.
 *
 * @param dataset the folder's name
 * @param bytes   of the image; 0 for a caption, and for images that were counted before
 */
public record Accepted(String dataset, long bytes) { }
