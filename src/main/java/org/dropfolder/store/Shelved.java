package org.dropfolder.store;

/**
 * A dropped file at rest in the data.
 *
 * @param dataset the folder that it was dropped into; empty where it lay directly in the inbox
 * @param name    its own name, as far as its target tells it
 * @param file    where it lies, a target, and how it stands
 */
public record Shelved(String dataset, String name, Dropped file) { }
