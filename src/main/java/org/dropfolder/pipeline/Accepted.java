package org.dropfolder.pipeline;

/**
 * The wake-up that an image was accepted.
 *
 * @param dataset the folder's name
 * @param bytes   of the image
 */
public record Accepted(String dataset, long bytes) { }
