package org.dropfolder.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.dropfolder.ideogram.ApiKey;
import org.dropfolder.ideogram.Causes;
import org.dropfolder.ideogram.RetryAfter;
import org.dropfolder.image.FileNames;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Notice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever wants to know of each event, in order for a dataset, for a day if need be. Nothing else waits for it. Thread
 * safe.
 */
public final class Herald {
    private static final Logger LOG = LoggerFactory.getLogger(Herald.class);
    /** As many as the routes tell at a time. */
    private static final int AT_ONCE = 8;
    /** After this long the next failure is the last. */
    private static final Duration DAY = Duration.ofDays(1);
    /** That any answer asks for, with a minute for clocks. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(61);
    /** Who refuses what is sent does so the next time, too, and keeps what comes behind it waiting. */
    private static final int REFUSALS = 5;
    private static final int LONGEST_REASON = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Ledger ledger;
    private final ApiKey key;
    private final Optional<Subscriber> subscriber;
    private final boolean simulated;
    private final Clock clock;
    private volatile Instant busyUntil = Instant.MIN;
    private volatile boolean gone;
    private volatile boolean stopping;
    private volatile boolean failing;
    private volatile String toldOfKey = "";

    /**
     * @param subscriber who gets a POST; empty where nobody does, and only the steps that people added are passed
     * @param simulated  whether nothing of what is told is real
     */
    public Herald(Ledger ledger, ApiKey key, Optional<Subscriber> subscriber, boolean simulated, Clock clock) {
        this.ledger = ledger;
        this.key = key;
        this.subscriber = subscriber;
        this.simulated = simulated;
        this.clock = clock;
    }

    /** Notices that are due, and are ours for one try each. None while the receiver has too much to do, and none once the server stops. */
    public List<Notice> claim() {
        List<Notice> claimed = stopping || isBusy(clock.instant()) ? List.of() : ledger.notices().claim(AT_ONCE);
        if (stopping) {
            // it stops just now
            claimed.forEach(ledger.notices()::release);
            return List.of();
        }
        return claimed;
    }

    /**
     * Whether it is still ours, for another while; it may have waited since it was claimed. Where the server stops it is given back,
     * and that counts as no try.
     */
    public boolean isOurs(Notice notice) {
        if (stopping) {
            ledger.notices().release(notice);
            return false;
        }
        return ledger.notices().renew(notice);
    }

    /** Nothing is told any more: the server stops, and what breaks off now comes again. */
    public void stop() {
        stopping = true;
    }

    /** An hour is the most that is waited for: where it seems to be more, the clock was set back. */
    private boolean isBusy(Instant now) {
        return now.isBefore(busyUntil) && !busyUntil.isAfter(now.plus(LONGEST_WAIT));
    }

    /** Writes a notice when the key is refused, and when one is taken again. */
    public void noteKey() {
        Optional<String> trouble = key.trouble();
        String now = trouble.orElse(key.isTaken() ? "taken" : "");
        if (now.isEmpty() || now.equals(toldOfKey)) {
            return;
        }
        trouble.ifPresentOrElse(ledger.notices()::keyRefused,
            () -> ledger.notices().keyAccepted("Ideogram takes the key again, and all goes on by itself."));
        toldOfKey = now;
    }

    /** What ended long ago is forgotten. */
    public void forgetOld() {
        ledger.notices().forgetOld();
    }

    /** Whether it has yet to pass the steps that people added. In a simulated run none passes them: they tell other machines. */
    public boolean isNew(Notice notice) {
        return !simulated && notice.passedAt().isEmpty();
    }

    /** What it says to people. */
    public News news(Notice notice) {
        ObjectNode data = data(notice);
        String dataset = data.path("dataset").asText("");
        return new News(notice.messageId(), notice.type(), dataset,
            (simulated ? "(simulated) " : "") + Headlines.of(notice.type(), dataset, data), notice.at());
    }

    /**
     * It passed the steps that people added, and does so once.
     *
     * @return the notice as it is now
     * @throws LostClaimException if that took so long that another tells it now
     */
    public Notice passed(Notice notice) {
        return ledger.notices().passed(notice).orElseThrow(() -> new LostClaimException("tell " + notice.type()));
    }

    /** Whether somebody is to get it as a POST. */
    public boolean hasReceiver() {
        return subscriber.isPresent() && !gone;
    }

    /** It, as it is posted now. */
    public Letter letter(Notice notice) {
        Subscriber to = subscriber.orElseThrow();
        ObjectNode body = JSON.createObjectNode().put("type", notice.type()).put("timestamp", notice.at().toString());
        body.set("data", data(notice).put("text", news(notice).text()));
        Instant now = clock.instant();
        byte[] content = bytes(body);
        return new Letter(to.address(), notice.messageId(), Long.toString(now.getEpochSecond()),
            to.seal().sign(notice.messageId(), now, content), content);
    }

    /** The subscriber took it. */
    public void told(Notice notice) {
        ledger.notices().delivered(notice);
        if (failing) {
            failing = false;
            LOG.info("Notices are delivered again");
        }
    }

    /** Nobody is to get it as a POST: there is no subscriber, or none any more. */
    public void notPosted(Notice notice) {
        if (gone) {
            ledger.notices().giveUp(notice, "the receiver is gone (410)");
        } else {
            ledger.notices().delivered(notice);
        }
    }

    /** A try was in vain: another comes later, for a day. Where that can't be written down, the claim runs out, and it comes again, too. */
    public void failed(Notice notice, Exception failure) {
        try {
            if (stopping) {
                ledger.notices().release(notice);
            } else {
                setBack(notice, failure);
            }
        } catch (RuntimeException unwritten) {
            LOG.warn("Could not write down that the notice {} ({}) was not delivered: {}. It comes again", notice.type(), notice.messageId(),
                String.valueOf(unwritten.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private void setBack(Notice notice, Exception failure) {
        Optional<RefusedNoticeException> answer = Causes.of(failure, RefusedNoticeException.class);
        boolean refused = answer.filter(RefusedNoticeException::isRefusal).isPresent();
        String why = reason(failure);
        if (answer.filter(RefusedNoticeException::isGone).isPresent()) {
            leave(notice, why);
        } else if (refused && notice.refusals() + 1 >= REFUSALS) {
            giveUp(notice, why, REFUSALS + " times");
        } else if (!notice.firstTry().plus(DAY).isAfter(clock.instant())) {
            giveUp(notice, why, "for a day");
        } else {
            tryLater(notice, why, refused, answer);
        }
    }

    /** The subscriber wants nothing any more. */
    private void leave(Notice notice, String why) {
        if (!gone) {
            gone = true;
            LOG.warn("{} answered 410 to a notice: it wants no more. Nothing is sent to it until the next start; set another "
                + "dropfolder.notify.url, or none", subscriber.map(Subscriber::toString).orElse(""));
        }
        ledger.notices().giveUp(notice, why);
    }

    /** What people added keeps nobody from the POST for longer. */
    private void giveUp(Notice notice, String why, String howLong) {
        if (isNew(notice) && hasReceiver()) {
            if (ledger.notices().passOver(notice, why)) {
                LOG.warn("Could not bring the notice {} ({}) through the steps of notify-people {}: {}. It passes them over, and is posted",
                    notice.type(), notice.messageId(), howLong, why);
            }
        } else if (ledger.notices().giveUp(notice, why)) {
            LOG.warn("Could not deliver the notice {} ({}) {}: {}. It is given up", notice.type(), notice.messageId(), howLong, why);
        }
    }

    private void tryLater(Notice notice, String why, boolean refused, Optional<RefusedNoticeException> answer) {
        Instant now = clock.instant();
        Instant retry = now.plus(Pauses.after(notice.tries() - 1));
        Instant asked = answer.flatMap(said -> RetryAfter.parse(said.retryAfter(), now)).map(now::plus).orElse(now);
        if (answer.filter(RefusedNoticeException::isBusy).isPresent() && (asked.isAfter(busyUntil) || !isBusy(now))) {
            busyUntil = asked;
        }
        if (ledger.notices().failed(notice, why, refused, asked.isAfter(retry) ? asked : retry)) {
            warn(notice, why);
        }
    }

    /** Said when it begins, and not for each that fails. */
    private void warn(Notice notice, String why) {
        if (!failing) {
            failing = true;
            LOG.warn("Could not deliver the notice {} ({}): {}. It is tried again for a day", notice.type(), notice.messageId(), why);
        }
    }

    /** What came back, without the addresses that libraries put into their messages: these hold secrets. */
    private static String reason(Exception failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        String message = deepest instanceof RefusedNoticeException ? deepest.getMessage()
            : deepest.getClass().getSimpleName() + (deepest.getMessage() == null ? "" : " (" + deepest.getMessage() + ")");
        return FileNames.printable(message.replaceAll("\\w+:(//)?\\S*[/?@]\\S*", "..."), LONGEST_REASON);
    }

    private ObjectNode data(Notice notice) {
        try {
            ObjectNode data = JSON.createObjectNode();
            notice.datasetId().ifPresent(id -> data.put("dataset", ledger.datasets().nameOf(id)));
            data.setAll((ObjectNode) JSON.readTree(notice.data()));
            return data.put("simulated", simulated);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Could not read the notice " + notice.messageId() + " in the ledger. It is passed over "
                + "after a day.", e);
        }
    }

    private static byte[] bytes(ObjectNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Could not write a notice as JSON: " + e.getOriginalMessage() + ". It is passed over after a day.", e);
        }
    }
}
