package org.dropfolder.image;

/** Why something stays in the inbox where it is, in words for those who put it there. */
public final class Staying {
    private static final int NAME = 80;

    private Staying() { }

    /** It is a link, wherever that leads. */
    public static Reason link(String name) {
        return new Reason("LINK", shown(name) + " is only a link to something elsewhere, and links are not followed."
                + " Copy the file or the folder itself to here.");
    }

    /** It is a pipe, a socket or a device. */
    public static Reason noFile(String name) {
        return new Reason("NO_FILE", shown(name) + " is no file: programs use it to talk to each other, and no picture is in"
                + " it. Take it away if nobody needs it.");
    }

    /** It is a file, and may not be read. */
    public static Reason closedFile(String name) {
        return new Reason("CLOSED_FILE", shown(name) + " can't be read, since its permissions forbid it. Allow everybody to"
                + " read it; it is taken then.");
    }

    /** It is a folder, and may not be looked into. */
    public static Reason closedFolder(String name) {
        return new Reason("CLOSED_FOLDER", "The folder " + shown(name) + " can't be opened, since its permissions forbid it."
                + " Allow everybody to open and to change it; its files are taken then.");
    }

    /** It is an object in a bucket, and may not be read. */
    public static Reason forbidden(String name) {
        return new Reason("FORBIDDEN", shown(name) + " can't be read, since a policy or the key of its encryption forbids it. Allow"
                + " Dropfolder to read it; it is taken then.");
    }

    /** It is an object in a bucket, and lies in the archive. */
    public static Reason archived(String name) {
        return new Reason("ARCHIVED", shown(name) + " lies in the archive, where nobody can read it. Restore it from there; it is"
                + " taken then.");
    }

    /** It is an object in a bucket that was copied, and may not be deleted. */
    public static Reason kept(String name) {
        return new Reason("KEPT", shown(name) + " can't be taken away, since a policy forbids it. Allow Dropfolder to delete it; it goes"
                + " on its way then.");
    }

    /** It ends too early, and is waited for. */
    public static Reason unfinished(String name) {
        return new Reason("NOT_THERE_YET", shown(name) + " is not all there yet. It is waited for, in case it is still being"
                + " copied; if it is not, copy it once more.");
    }

    private static String shown(String name) {
        return FileNames.printable(name, NAME);
    }
}
