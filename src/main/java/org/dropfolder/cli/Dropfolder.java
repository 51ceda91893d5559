package org.dropfolder.cli;

/** The command line. */
public final class Dropfolder {
    private Dropfolder() { }

    public static void main(String[] arguments) {
        System.out.println("Dropfolder");
    }
}
