package org.dropfolder.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.dropfolder.store.S3Server.Asked;

/** A policy as AWS reads it, as far as ours go: what no statement allows is denied. */
final class BucketPolicy {
    private static final String ARN = "arn:aws:s3:::";
    private final List<Statement> statements = new ArrayList<>();

    private record Statement(List<String> actions, List<String> resources, List<String> prefixes) { }

    private record Need(String action, String resource, String prefix) { }

    BucketPolicy(String json) throws IOException {
        for (JsonNode statement : new ObjectMapper().readTree(json).get("Statement")) {
            if (!statement.get("Effect").asText().equals("Allow")) {
                throw new IllegalArgumentException("Could not read the policy: only Allow is known here");
            }
            statements.add(new Statement(texts(statement.get("Action")), texts(statement.get("Resource")),
                texts(statement.at("/Condition/StringLike/s3:prefix"))));
        }
    }

    private BucketPolicy(List<Statement> statements) {
        this.statements.addAll(statements);
    }

    List<String> actions() {
        return statements.stream().flatMap(statement -> statement.actions().stream()).distinct().toList();
    }

    /** The same policy, which allows this nowhere. */
    BucketPolicy without(String action) {
        return new BucketPolicy(statements.stream().map(statement -> new Statement(
            statement.actions().stream().filter(each -> !each.equals(action)).toList(), statement.resources(), statement.prefixes())).toList());
    }

    boolean denies(Asked asked) {
        return !needs(asked).allMatch(need -> statements.stream().anyMatch(statement -> allows(statement, need)));
    }

    private static Stream<Need> needs(Asked asked) {
        String bucket = ARN + asked.bucket();
        return switch (asked.operation()) {
            case LIST -> Stream.of(new Need("s3:ListBucket", bucket, asked.key()));
            case LOOK, READ -> Stream.of(object("s3:GetObject", bucket, asked.key()));
            case WRITE, BEGIN_PARTS, COMPLETE_PARTS -> Stream.of(object("s3:PutObject", bucket, asked.key()));
            case COPY -> Stream.of(object("s3:GetObject", bucket, asked.key()), object("s3:PutObject", bucket, asked.to()));
            case DELETE -> Stream.of(object("s3:DeleteObject", bucket, asked.key()));
            case ABORT_PARTS -> Stream.of(object("s3:AbortMultipartUpload", bucket, asked.key()));
            case ANYTHING_ELSE -> Stream.of(new Need("what no policy of ours allows", bucket, ""));
        };
    }

    private static Need object(String action, String bucket, String key) {
        return new Need(action, bucket + "/" + key, "");
    }

    private static boolean allows(Statement statement, Need need) {
        return statement.actions().contains(need.action()) && matches(statement.resources(), need.resource())
            && (statement.prefixes().isEmpty() || matches(statement.prefixes(), need.prefix()));
    }

    private static boolean matches(List<String> patterns, String text) {
        return patterns.stream().anyMatch(pattern -> pattern.endsWith("*") ? text.startsWith(pattern.substring(0, pattern.length() - 1))
            : text.equals(pattern));
    }

    private static List<String> texts(JsonNode node) {
        return node.isArray() ? StreamSupport.stream(node.spliterator(), false).map(JsonNode::asText).toList()
            : node.isMissingNode() ? List.of() : List.of(node.asText());
    }
}
