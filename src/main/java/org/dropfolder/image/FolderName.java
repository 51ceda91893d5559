package org.dropfolder.image;

import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a folder of the inbox has a name that can be a model's. Pure functions. */
public final class FolderName {
    /** What lay directly in the inbox is kept under this name, which no folder of the inbox can have. */
    public static final String OF_THE_INBOX = "_inbox";

    /** For bytes that are no letters in any way this machine knows, as Java shows them. */
    private static final int REPLACEMENT = 0xFFFD;
    /** Control characters, line ends, and marks that turn the direction of what is written after them. */
    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Z}\\p{Cf}\\p{Cc}\\x{FE00}-\\x{FE0F}\\x{2800}\\x{3164}]+");

    private FolderName() {}

    /**
     * Why no model can be named by a folder of this name, if none can. Its files stay where they are.
     *
     * @param folder the name of a folder that lies directly in the inbox
     */
    public static Optional<Reason> fault(String folder) {
        if (undecodable(folder)) {
            return Optional.of(Reason.folderUndecodable(folder));
        }
        if (INVISIBLE.matcher(folder).replaceAll("").isEmpty()) {
            return Optional.of(Reason.folderBlank(folder));
        }
        if (CONTROL.matcher(folder).find()) {
            return Optional.of(Reason.folderWithControl(folder));
        }
        return folder.equalsIgnoreCase(OF_THE_INBOX) ? Optional.of(Reason.folderOfOurs(folder)) : Optional.empty();
    }

    /** Whether a name holds bytes that could not be read as letters: what lies there must be looked for by listing its folder. */
    public static boolean undecodable(String name) {
        return name.codePoints().anyMatch(point -> point == REPLACEMENT || Character.getType(point) == Character.SURROGATE);
    }
}
