package org.dropfolder.folder;

import java.util.Optional;

/**
 * What a dataset's folders say of its trainings.
 *
 * @param settings what is set; nothing while that can't be used
 * @param barrier  why nothing is trained, and what to do
 */
public record Terms(FolderSettings settings, Optional<String> barrier) {
    /** Nothing is said. */
    public static final Terms NONE = new Terms(FolderSettings.NONE, Optional.empty());

    static Terms of(FolderSettings settings) {
        return new Terms(settings, settings.hold() ? Optional.of("Held: dropfolder.yaml in its folder says hold: true. "
            + "Until that is gone nothing is trained; images go on.") : Optional.empty());
    }

    static Terms barred(String barrier) {
        return new Terms(FolderSettings.NONE, Optional.of(barrier));
    }
}
