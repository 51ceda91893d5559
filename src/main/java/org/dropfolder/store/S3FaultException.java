package org.dropfolder.store;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** A service that speaks S3 did not do what was asked; it can be asked again. */
final class S3FaultException extends IOException {
    private static final Pattern ACTION = Pattern.compile("not authorized to perform: ((?:s3|kms):[A-Za-z]{1,50})");

    private final S3Fault fault;

    /** @param tried what, such as {@code copy s3://photos/inbox/cats/tom.jpg} */
    S3FaultException(String tried, SdkException cause) {
        this(tried, S3Fault.of(cause), cause);
    }

    S3FaultException(String tried, S3Fault fault, SdkException cause) {
        super("Could not " + tried + ": " + fault.words + said(cause) + ". " + fault.advice(cause) + ".", cause);
        this.fault = fault;
    }

    S3Fault fault() {
        return fault;
    }

    /** What to do, without a name of an object. */
    String advice() {
        return fault.advice((SdkException) getCause());
    }

    /** The action that the policy does not allow, where the service tells it. */
    Optional<String> lacking() {
        return ACTION.matcher(String.valueOf(getCause().getMessage())).results().findFirst().map(MatchResult::group)
            .map(told -> told.substring(told.indexOf(": ") + 2));
    }

    /** What the service said, in brackets; empty where it said nothing. */
    String said() {
        return said((SdkException) getCause());
    }

    private static String said(SdkException cause) {
        String told;
        if (cause instanceof AwsServiceException answer) {
            String code = S3Fault.code(answer);
            told = (code.isEmpty() ? "" : code + ", ") + "HTTP " + answer.statusCode();
        } else {
            told = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        }
        return told.isEmpty() ? "" : " (" + told + ")";
    }
}
