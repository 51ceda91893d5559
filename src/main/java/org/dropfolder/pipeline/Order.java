package org.dropfolder.pipeline;

/**
 * What a person orders for a dataset.
 *
 * @param dataset the folder's name, as the person gave it
 * @param again   whether a dataset that has its model is to be trained once more
 */
public record Order(String dataset, boolean again) { }
