package org.dropfolder.route;

import java.io.File;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;

/**
 * Where a file lies below the inbox, with {@code /} between its folders, as the disk spells it. The endpoint's own headers take
 * a backslash in a name for a folder's end. Thread safe.
 */
public final class InboxLocation {
    /** Of the file that the endpoint hands on. */
    public String of(Exchange exchange) {
        return of((GenericFile<?>) exchange.getMessage().getBody(GenericFile.class));
    }

    /** Of a file or folder that the endpoint's filter is shown. */
    static String of(GenericFile<?> file) {
        String inbox = new File(file.getEndpointPath()).getPath();
        String path = ((File) file.getFile()).getPath();
        String below = path.substring(inbox.length()).replace(File.separatorChar, '/');
        return below.startsWith("/") ? below.substring(1) : below;
    }
}
