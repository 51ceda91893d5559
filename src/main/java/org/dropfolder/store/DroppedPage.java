package org.dropfolder.store;

import java.util.List;
import java.util.Optional;

/**
 * A part of what lies in an inbox that is a bucket's, as a listing tells it.
 *
 * @param files    in the order of their keys; what only marks a folder is not among them
 * @param nameless keys below the inbox that name no file in a folder, such as {@code cats//tom.jpg}; without the inbox's own prefix
 * @param last     from behind this key on there may be more; none at the end
 */
public record DroppedPage(List<Dropped> files, List<String> nameless, Optional<String> last) { }
