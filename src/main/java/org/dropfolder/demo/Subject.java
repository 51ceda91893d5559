package org.dropfolder.demo;

/** What a landscape shows beside its lake and its mountains. */
enum Subject {
    SAILBOAT("a small sailboat"),
    COTTAGE("a cottage with a lit window"),
    PINES("tall pines and a flight of birds");

    /** As a caption says it. */
    final String words;

    Subject(String words) {
        this.words = words;
    }
}
