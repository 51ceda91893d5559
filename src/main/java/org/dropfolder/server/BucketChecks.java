package org.dropfolder.server;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dropfolder.store.S3Store;
import org.dropfolder.store.S3Tried;
import software.amazon.awssdk.services.s3.S3Client;

/** Whether a bucket can be used as inbox and store: all that is done there is tried, with an object of its own. */
final class BucketChecks {
    private final Bucket bucket;
    private final boolean reports;

    BucketChecks(Bucket bucket, boolean reports) {
        this.bucket = bucket;
        this.reports = reports;
    }

    /**
     * What the start needs.
     *
     * @return what was found
     * @throws SettingsException for the first thing that can't be done
     */
    String require() {
        tryAll(false).stream().filter(tried -> tried.failed() && tried.deed() != S3Tried.Deed.ABORT).findFirst().ifPresent(wrong -> {
            throw new SettingsException("%s is %s, which can't be used: %s".formatted(
                isInbox(wrong) ? "dropfolder.inbox" : "dropfolder.s3.store", wrong.place(), inASentence(wrong.whyNotInFull())));
        });
        return bucket.inbox() + " can be listed, and objects can be moved to " + bucket.store();
    }

    private static String inASentence(String told) {
        return told.substring(0, 1).toLowerCase(Locale.ROOT) + told.substring(1);
    }

    /** A finding for each thing. */
    List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        bucket.access().endpoint().filter(BucketChecks::isOverheard).ifPresent(plain -> findings.add(Finding.note("bucket",
            "dropfolder.s3.endpoint is %s: images pass the network for everybody to read. Use https where the service has it".formatted(plain))));
        tryAll(reports).forEach(tried -> findings.add(finding(tried)));
        return findings;
    }

    private List<S3Tried> tryAll(boolean writesToInbox) {
        try (S3Client client = bucket.access().client()) {
            return new S3Store(client, bucket.inbox(), bucket.store(), bucket.encryption(), Seam.UNDISTURBED).tryAll(writesToInbox);
        }
    }

    private Finding finding(S3Tried tried) {
        if (tried.concernsAll()) {
            return Finding.wrong("bucket", tried.place() + where() + ": " + tried.whyNotInFull());
        }
        String subject = isInbox(tried) ? "inbox" : "store";
        if (!tried.failed()) {
            return Finding.good(subject, (tried.deed() == S3Tried.Deed.LIST ? tried.place() + where() + " " : "") + tried.deed().possible());
        }
        boolean onlyWords = isInbox(tried) && tried.deed() == S3Tried.Deed.WRITE;
        return Finding.wrong(subject, tried.whyNotInFull() + (onlyWords ? ", or set dropfolder.inbox.report=off, so that no _status.txt is written" : ""));
    }

    private boolean isInbox(S3Tried tried) {
        return tried.place().equals(bucket.inbox());
    }

    private String where() {
        return bucket.access().endpoint().map(own -> " at " + own).orElseGet(() -> bucket.access().region().map(" in "::concat).orElse(""));
    }

    private static boolean isOverheard(URI endpoint) {
        if (!"http".equals(endpoint.getScheme())) {
            return false;
        }
        try {
            return !InetAddress.getByName(endpoint.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return true;
        }
    }
}
