package org.dropfolder.ideogram;

/** The request of {@code POST /datasets}. [ref] */
public record CreateDataset(String name) {
}
