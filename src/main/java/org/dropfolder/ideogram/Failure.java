package org.dropfolder.ideogram;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a failed call means: the one place that decides whether it happened.
 *
 * <p>Only what {@link ApiClient} itself observed proves that nothing happened. A {@code ConnectException} from
 * elsewhere (the ledger's, say, after the answer had come) proves nothing about the request, and is a doubt.
 *
 * @param passing    whether it may go well the next time with nobody doing anything
 * @param status     the HTTP status, where there was an answer
 * @param retryAfter how long the API asks us to wait
 * @param sentence   what came back and what to do, for people
 */
public record Failure(
        Kind kind, boolean passing, OptionalInt status, Optional<Duration> retryAfter, String sentence) {

    /** What is known of the request. */
    public enum Kind {
        /** The request changed nothing. */
        DID_NOT_HAPPEN,
        /** In doubt: read before doing anything. */
        MAY_HAVE_HAPPENED
    }

    /**
     * Answers that refuse. 409 is one: a conflict is a no because of how things stand, and not a yes that was lost.
     * 408, and whatever is not named here, may come from something between us and an API that went on working.
     */
    private static final Set<Integer> REFUSED =
            Set.of(400, 401, 402, 403, 404, 405, 406, 409, 410, 411, 413, 414, 415, 422, 429, 431);

    /** What a throwable means; whatever is not known to be harmless may have happened. Never throws. */
    public static Failure of(Throwable thrown) {
        return Causes.of(thrown, ApiException.class).map(Failure::answered)
                .or(() -> Causes.of(thrown, NotSentException.class).map(Failure::notSent))
                .or(() -> Causes.of(thrown, AnswerLostException.class).map(Failure::answerLost))
                .or(() -> Causes.of(thrown, JsonProcessingException.class).map(Failure::unreadable))
                .orElseGet(() -> unknown(thrown));
    }

    /** Whether it is a failure of a call; anything else broke on this machine. */
    public static boolean isOfACall(Throwable thrown) {
        return Stream.of(ApiException.class, NotSentException.class, AnswerLostException.class, JsonProcessingException.class)
                .anyMatch(type -> Causes.of(thrown, type).isPresent());
    }

    /** Whether a request that only reads may be sent again by itself. */
    public boolean repeatsRead() {
        return passing;
    }

    /** Whether a request that changes something may be sent again by itself: only where it surely did not. */
    public boolean repeatsEffect() {
        return passing && kind == Kind.DID_NOT_HAPPEN;
    }

    /** Whether the key was refused: then nothing of it is the failed step's own fault. */
    public boolean ofTheKey() {
        return status.orElse(0) == 401;
    }

    private static Failure answered(ApiException answer) {
        int status = answer.status();
        boolean refused = REFUSED.contains(status) || status / 100 == 3;
        return new Failure(
                refused ? Kind.DID_NOT_HAPPEN : Kind.MAY_HAVE_HAPPENED,
                status == 429 || status == 408 || status / 100 == 5,
                OptionalInt.of(status), answer.retryAfter(), sentence(answer));
    }

    private static Failure notSent(NotSentException notSent) {
        return ContentChangedException.in(notSent)
                .map(changed -> new Failure(Kind.DID_NOT_HAPPEN, false, OptionalInt.empty(), Optional.empty(),
                        changed.getMessage() + ". Nothing was uploaded; the changed file has to be accepted anew."))
                .orElseGet(() -> new Failure(Kind.DID_NOT_HAPPEN, true, OptionalInt.empty(), Optional.empty(),
                        notSent.getMessage() + ". Dropfolder tries again by itself; if it stays so, look at the "
                                + "network and at ideogram.url."));
    }

    private static Failure answerLost(AnswerLostException lost) {
        return doubt(true, lost.getMessage() + ". Dropfolder looks at what happened before it repeats anything.");
    }

    private static Failure unreadable(JsonProcessingException unreadable) {
        return doubt(false, "Ideogram's answer can't be read: " + Excerpt.of(unreadable.getOriginalMessage())
                + ". Dropfolder looks at what happened before it repeats anything; if it stays so, look whether "
                + "ideogram.url is the API's own address.");
    }

    private static Failure unknown(Throwable thrown) {
        return doubt(false, "Something unforeseen: " + Excerpt.of(String.valueOf(thrown))
                + ". Dropfolder looks at what happened before it repeats anything; the log says more.");
    }

    private static Failure doubt(boolean passing, String sentence) {
        return new Failure(Kind.MAY_HAVE_HAPPENED, passing, OptionalInt.empty(), Optional.empty(), sentence);
    }

    private static String sentence(ApiException answer) {
        int status = answer.status();
        String told = answer.getMessage() + ". ";
        return switch (status) {
            case 401 -> ApiKey.REFUSED;
            case 402 -> told + "Look at the balance and the plan of the account.";
            case 403 -> told + "Look what the plan and the key allow.";
            case 404 -> told + "Look whether the dataset or the model still exists, and at ideogram.url.";
            case 413 -> told + "Lower dropfolder.batch.size.";
            case 429 -> told + "Dropfolder goes on by itself"
                    + answer.retryAfter().map(wait -> " in " + wait.toSeconds() + " s").orElse(" after a while") + ".";
            default -> told + otherAdvice(status);
        };
    }

    private static String otherAdvice(int status) {
        return switch (status / 100) {
            case 3 -> "Set ideogram.url to the API's own address.";
            case 4 -> "Correct what it names, and try again.";
            default -> "Dropfolder looks at what happened before it repeats anything.";
        };
    }
}
