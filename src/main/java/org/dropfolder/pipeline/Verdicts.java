package org.dropfolder.pipeline;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dropfolder.ideogram.UploadResult;
import org.dropfolder.ideogram.ZipUpload;
import org.dropfolder.image.FileNames;
import org.dropfolder.image.Reason;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.ledger.Fates;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an upload's answer means for each image of its batch. */
final class Verdicts {
    private static final Logger LOG = LoggerFactory.getLogger(Verdicts.class);
    /** How often an image is sent again that met an error of Ideogram's own. */
    private static final int TRIES = 3;
    private static final String INTERNAL_ERROR = "INTERNAL_ERROR";

    private final Claimed claimed;
    private final Map<Long, String> refused = new HashMap<>();
    private final Set<Long> again = new HashSet<>();
    /** The zip itself was refused, so nothing in it was judged. */
    private boolean nothingOpened;

    private Verdicts(Claimed claimed) {
        this.claimed = claimed;
    }

    /**
     * @throws UnreadableAnswerException if the answer does not say what became of each image
     */
    static Fates of(Claimed claimed, UploadResult answer) {
        Verdicts verdicts = new Verdicts(claimed);
        answer.failed().forEach(verdicts::read);
        int there = claimed.images().size() - verdicts.refused.size() - verdicts.again.size();
        if (answer.successCount() < there) {
            throw new UnreadableAnswerException("it tells of " + answer.successCount() + " images where "
                + there + " were not refused");
        }
        if (answer.failureCount() > answer.failed().size()) {
            throw new UnreadableAnswerException("it refuses " + answer.failureCount() + " files and names "
                + answer.failed().size());
        }
        if (verdicts.nothingOpened && (answer.successCount() > 0 || !verdicts.refused.isEmpty())) {
            throw new UnreadableAnswerException("it refuses the whole zip, and tells of " + answer.successCount()
                + " images that it took and " + verdicts.refused.size() + " that it did not");
        }
        return new Fates(verdicts.refused, verdicts.again);
    }

    /** Why images are to be sent again, in words. */
    static String whyAgain(UploadResult answer) {
        String words = answer.failed().stream().map(failed -> FileNames.printable(failed.failureReason())).distinct()
            .collect(Collectors.joining(", "));
        return "Ideogram could not take all of the last batch (" + words + "); what is left goes again. If the batch is too "
            + "large, lower dropfolder.batch.size.";
    }

    private void read(UploadResult.FailedAsset failed) {
        if (failed.fileName().isEmpty() && claimed.images().size() == 1) {
            judge(claimed.images().get(0), failed.failureReason());
            return;
        }
        String name = failed.fileName().orElseThrow(() -> new UnreadableAnswerException("a refused file has no name"));
        if (name.equals(ZipUpload.FILE_NAME)) {
            nothingOpened = true;
            claimed.images().forEach(image -> again.add(image.id()));
        } else if (name.endsWith(".txt")) {
            LOG.warn("Ideogram refused the caption {} ({}); its image went without", FileNames.printable(name),
                FileNames.printable(failed.failureReason()));
        } else {
            judge(sent(name), failed.failureReason());
        }
    }

    private void judge(Asset image, String failure) {
        if (failure.equals(INTERNAL_ERROR) && image.tries() < TRIES) {
            again.add(image.id());
        } else {
            refused.put(image.id(), Reason.refused(image.name(), failure).text());
        }
    }

    private Asset sent(String name) {
        return claimed.images().stream().filter(image -> image.sentName().orElseThrow().equals(name)).findFirst()
            .orElseThrow(() -> new UnreadableAnswerException("it refuses " + FileNames.printable(name) + ", which was not sent"));
    }
}
