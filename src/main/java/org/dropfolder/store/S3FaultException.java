package org.dropfolder.store;

import java.io.IOException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** A service that speaks S3 did not do what was asked; it can be asked again. */
final class S3FaultException extends IOException {
    private final S3Fault fault;

    /** @param tried what, such as {@code copy s3://photos/inbox/cats/tom.jpg} */
    S3FaultException(String tried, SdkException cause) {
        this(tried, S3Fault.of(cause), told(cause), cause);
    }

    S3FaultException(String tried, S3Fault fault, String told, Throwable cause) {
        super("Could not " + tried + ": " + fault.words + (told.isEmpty() ? "" : " (" + told + ")") + ". " + fault.advice + ".", cause);
        this.fault = fault;
    }

    S3Fault fault() {
        return fault;
    }

    private static String told(SdkException cause) {
        if (!(cause instanceof AwsServiceException told)) {
            return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        }
        String code = S3Fault.code(told);
        return (code.isEmpty() ? "" : code + ", ") + "HTTP " + told.statusCode();
    }
}
