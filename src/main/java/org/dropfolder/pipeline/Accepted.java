package org.dropfolder.pipeline;

/**
 * The wake-up that an image was accepted, or waits.
 *
 * @param dataset the folder's name
 * @param bytes   of the image; 0 if it was counted before
 */
public record Accepted(String dataset, long bytes) { }
