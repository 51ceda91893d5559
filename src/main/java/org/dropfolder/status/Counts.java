package org.dropfolder.status;

/** Numbers of things, as people say them. */
final class Counts {
    private Counts() { }

    static String images(int count) {
        return count == 1 ? "1 image" : count + " images";
    }

    /** With the verb that goes with so many: {@code 1 image waits}, {@code 2 images wait}. */
    static String images(int count, String ofOne, String ofMore) {
        return images(count) + " " + (count == 1 ? ofOne : ofMore);
    }
}
