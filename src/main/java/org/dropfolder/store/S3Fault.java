package org.dropfolder.store;

import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a service that speaks S3 has against a request, and what is to be done. */
enum S3Fault {
    NO_BUCKET("the bucket is not there", "Make it, or look at its name, and whether dropfolder.s3.path-style must be true", "NoSuchBucket"),
    EXPIRED("the credentials have expired", "Renew them", "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired",
        "RequestExpired"),
    UNKNOWN("the credentials are not accepted", "Look at the access key and the secret key", "InvalidAccessKeyId",
        "SignatureDoesNotMatch", "InvalidToken", "InvalidClientTokenId", "UnrecognizedClientException", "InvalidSecurity"),
    ELSEWHERE("the bucket is in another region", "Set dropfolder.s3.region to its region", "PermanentRedirect",
        "AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "TemporaryRedirect"),
    CLOCK("this machine's clock is wrong", "Set it", "RequestTimeTooSkewed"),
    ARCHIVED("it is archived", "Restore it from the archive", "InvalidObjectState"),
    FULL("its quota is used up", "Make room", "QuotaExceeded", "XMinioAdminBucketQuotaExceeded", "XMinioStorageFull",
        "EntityTooLarge"),
    ENCRYPTION("the key of the encryption can't be used", "Look at dropfolder.s3.kms-key, and whether it may be used",
        "KMS.DisabledException", "KMS.NotFoundException", "KMS.KMSInvalidStateException", "KMS.DisabledKeyException"),
    SLOW("the service asks to slow down", "That mostly passes", "SlowDown", "SlowDownRead", "SlowDownWrite", "Throttling",
        "ThrottlingException", "RequestLimitExceeded", "ServiceUnavailable", "TooManyRequests"),
    DENIED("access is denied", "Let the policy of this server's credentials allow it", "AccessDenied", "AllAccessDisabled",
        "AccountProblem"),
    NO_CREDENTIALS("no credentials were found",
        "Set dropfolder.s3.access-key and dropfolder.s3.secret-key, or what AWS's own tools read"),
    NO_HOST("the service's host is not found", "Look at dropfolder.s3.endpoint; where only the bucket's own host name is not found,"
        + " set dropfolder.s3.path-style=true"),
    UNREACHABLE("the service can't be reached", "Look at dropfolder.s3.endpoint and the network"),
    FAILED("the service failed", "That mostly passes"),
    REFUSED("the service refused it", "Look at the settings of dropfolder.s3");

    /** As AWS and MinIO name the region that they are in. */
    private static final Pattern REGION = Pattern.compile("expecting '([a-z0-9-]{1,50})'");
    private static final String REGION_HEADER = "x-amz-bucket-region";
    private static final int REDIRECTS = 300;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final int FAILURES = 500;

    /** In a few words, without a name. */
    final String words;
    private final String advice;
    private final Set<String> codes;

    S3Fault(String words, String advice, String... codes) {
        this.words = words;
        this.advice = advice;
        this.codes = Set.of(codes);
    }

    static S3Fault of(SdkException failure) {
        if (!(failure instanceof AwsServiceException told)) {
            return ofNoAnswer(failure);
        }
        String code = code(told);
        return Arrays.stream(values()).filter(fault -> fault.codes.contains(code)).findFirst()
            .orElseGet(() -> code.startsWith("KMS.") ? ENCRYPTION : byStatus(told.statusCode()));
    }

    private static S3Fault ofNoAnswer(SdkException failure) {
        // the chain of credentials has no class of its own for this
        if (String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("credentials")) {
            return NO_CREDENTIALS;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return NO_HOST;
            }
        }
        return UNREACHABLE;
    }

    /** What is to be done, in words without a name of an object. */
    String advice(SdkException failure) {
        Optional<String> region = this == ELSEWHERE && failure instanceof AwsServiceException told ? region(told) : Optional.empty();
        return region.map("Set dropfolder.s3.region to "::concat).orElse(advice);
    }

    /** Where the bucket is, if the service tells. */
    private static Optional<String> region(AwsServiceException told) {
        AwsErrorDetails details = told.awsErrorDetails();
        if (details == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(details.sdkHttpResponse()).flatMap(response -> response.firstMatchingHeader(REGION_HEADER))
            .or(() -> REGION.matcher(String.valueOf(details.errorMessage())).results().findFirst().map(found -> found.group(1)));
    }

    /** An answer to a HEAD has no body, so no code. */
    private static S3Fault byStatus(int status) {
        if (status == FORBIDDEN) {
            return DENIED;
        }
        if (status == TOO_MANY || status == UNAVAILABLE) {
            return SLOW;
        }
        if (status >= FAILURES) {
            return FAILED;
        }
        return status / 100 == REDIRECTS / 100 ? ELSEWHERE : REFUSED;
    }

    static String code(AwsServiceException failure) {
        AwsErrorDetails details = failure.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }
}
