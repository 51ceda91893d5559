package org.dropfolder.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What the build wrote down of itself: the version and, where it was built from a clone, the commit. */
final class Version implements IVersionProvider {
    private static final String FILE = "/version.properties";

    @Override
    public String[] getVersion() {
        Properties build = new Properties();
        try (InputStream file = Version.class.getResourceAsStream(FILE)) {
            build.load(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Could not read " + FILE + ": build Dropfolder again.", unreadable);
        }
        return new String[] {told(build.getProperty("version"), build.getProperty("commit"), build.getProperty("changed"))};
    }

    /**
     * @param commit  empty where it is not known
     * @param changed {@code true} where more was in the folder than was committed
     */
    static String told(String version, String commit, String changed) {
        String from = commit.isEmpty() ? "" : " (commit " + commit + (changed.equals("true") ? ", changed since" : "") + ")";
        return "dropfolder " + version + from;
    }
}
