package org.dropfolder.route;

import java.io.File;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.util.FileUtil;

/**
 * Where a file lies below the inbox, with {@code /} between its folders, as the disk spells it. The endpoint's own headers take
 * a backslash in a name for a folder's end. Thread safe.
 */
public final class InboxLocation {
    /** Of the file that the endpoint hands on. */
    public String of(Exchange exchange) {
        return of((GenericFile<?>) exchange.getMessage().getBody(GenericFile.class));
    }

    /** Of a file by its whole path, as the endpoint tells files apart that it hands on; in a name that can hold one, a backslash becomes a slash. */
    public static String of(File inbox, String path) {
        String top = FileUtil.compactPath(FileUtil.normalizePath(inbox.getAbsolutePath()));
        String file = FileUtil.compactPath(path);
        return file.startsWith(top) ? file.substring(Math.min(file.length(), top.length() + 1)).replace(File.separatorChar, '/') : file;
    }

    /** Of a file or folder that the endpoint's filter is shown. */
    static String of(GenericFile<?> file) {
        String inbox = new File(file.getEndpointPath()).getPath();
        String path = ((File) file.getFile()).getPath();
        String below = path.substring(inbox.length()).replace(File.separatorChar, '/');
        return below.startsWith("/") ? below.substring(1) : below;
    }
}
