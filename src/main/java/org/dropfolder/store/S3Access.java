package org.dropfolder.store;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * How a service that speaks S3 is reached. Immutable.
 *
 * @param region    none: as AWS's own tools find it, and {@code us-east-1} where there is an endpoint of its own
 * @param endpoint  none: AWS
 * @param pathStyle whether the bucket stands in the path and not in the host's name
 * @param keys      none: credentials by AWS's standard chain (environment, profiles, roles), renewed as that does
 */
public record S3Access(Optional<String> region, Optional<URI> endpoint, boolean pathStyle, Optional<Keys> keys) {
    /** Several threads use one client, and uploads keep their connection for long. */
    private static final int CONNECTIONS = 32;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    /** The rest of the patience is the pipeline's, which tells why it waits. */
    private static final int ATTEMPTS = 3;

    /** Credentials that don't expire; they are never shown. */
    public record Keys(String accessKey, String secretKey) {
        @Override
        public String toString() {
            return "***";
        }
    }

    /** A client; whoever asks closes it. Looks up nothing yet: what is wrong with credentials shows with the first request. */
    public S3Client client() {
        return client(List.of());
    }

    S3Client client(List<ExecutionInterceptor> listeners) {
        S3ClientBuilder builder = S3Client.builder().forcePathStyle(pathStyle)
            // services other than AWS's refuse the checksums that the client would add of its own accord
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(ClientOverrideConfiguration.builder().executionInterceptors(listeners)
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(ATTEMPTS).build()).build())
            .httpClientBuilder(Apache5HttpClient.builder().maxConnections(CONNECTIONS).connectionTimeout(CONNECT)
                .socketTimeout(SILENCE));
        endpoint.ifPresent(builder::endpointOverride);
        region.or(() -> endpoint.map(own -> Region.US_EAST_1.id())).map(Region::of).ifPresent(builder::region);
        keys.ifPresent(both -> builder.credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(both.accessKey(), both.secretKey()))));
        return builder.build();
    }
}
