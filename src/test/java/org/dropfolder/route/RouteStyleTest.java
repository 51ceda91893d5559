package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropfolder.route.RouteFile.Route;
import org.dropfolder.server.RouteFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How routes are written, and that all they name is there. */
class RouteStyleTest {
    private static final int MOST_STEPS = 12;
    /** These have nothing that could be sent again: they begin a way, or wait, or only read the ledger. */
    private static final Set<String> WITHOUT_POLICY =
            Set.of("intake-folder", "answer-order", "say");
    /** Policies of what fails alone: of their steps some only read. */
    private static final Set<String> ALONE = Set.of("samples", "descriptions");
    private static final Pattern VARIABLE = Pattern.compile("variable\\.(\\w+)");
    private static final Pattern BEAN = Pattern.compile("#(?:bean:)?(\\w+)");
    private static final Set<String> BEAN_FIELDS = Set.of("ref", "objectMapper", "onExceptionOccurredRef");

    static List<RouteFile> files() {
        return RouteFile.all();
    }

    static List<Route> routes() {
        return RouteFile.allRoutes().stream().filter(route -> route.from().isPresent()).toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void beginsWithThreeLinesThatTellWhatItPromisesItsWayAndWhyItIsSafe(RouteFile file) {
        List<String> lines = file.text().lines().toList();

        assertThat(lines.subList(0, 3)).allMatch(line -> line.matches("# .*\\S"));
        assertThat(lines.get(1)).startsWith("#   ").contains("──>");
        assertThat(lines.get(3)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void gluesNoOptionsToUris(RouteFile file) {
        assertThat(RouteFile.values(file.content(), "uri").map(JsonNode::asText)).noneMatch(uri -> uri.contains("?"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void keepsItsStateInSixVariablesAtMost(RouteFile file) {
        Stream<String> set = RouteFile.values(file.content(), "setVariable").map(step -> step.path("name").asText());
        Stream<String> read = found(VARIABLE, RouteFile.texts(file.content()));

        assertThat(Stream.concat(set, read)).isSubsetOf("dataset", "batch", "training", "notice", "sample", "description");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void hasAnIdAndADescription(Route route) {
        assertThat(route.id()).matches("[a-z]+(-[a-z0-9]+)*");
        assertThat(route.node().path("description").asText()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void hasAnIdThatIsTheNameOfItsDirectEndpoint(Route route) {
        assertThat(route.from()).hasValueSatisfying(
                from -> assertThat(from).matches(uri -> !uri.startsWith("direct:") || uri.equals("direct:" + route.id())));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void isSeenAtAGlance(Route route) {
        assertThat(route.steps()).hasSizeBetween(1, MOST_STEPS);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void leavesFailuresToThePolicies(Route route) {
        assertThat(RouteFile.fields(route.node()).map(Map.Entry::getKey))
                .doesNotContain("onException", "doTry", "doCatch", "doFinally", "onFallback", "deadLetterChannel");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void namesAPolicyOrIsKnownToNeedNone(Route route) {
        if (route.httpMethod().isPresent()) {
            assertThat(route.policy()).isEmpty();
            assertThat(route.node().path("errorHandler").fieldNames()).toIterable().containsExactly("noErrorHandler");
        } else {
            assertThat(route.node().has("errorHandler")).isFalse();
            assertThat(route.policy().isEmpty()).isEqualTo(WITHOUT_POLICY.contains(route.id()));
            boolean overHttp = route.from().filter(from -> from.startsWith("platform-http:")).isPresent();
            route.policy().ifPresent(policy -> assertThat(policy).isIn(overHttp ? Set.of("answers") : Set.of("reads", "effects", "notices", "samples", "descriptions")));
        }
    }

    /** Two in one route, and a failure of the second would be taken for one of the first. */
    @ParameterizedTest
    @MethodSource("routes")
    void changesSomethingAtIdeogramOnceWhereItsPolicyIsEffectsAndNeverElsewhere(Route route) {
        long posts = route.sendsTo().stream().filter(posts()::contains).count();

        if (route.policy().filter(ALONE::contains).isPresent()) {
            assertThat(posts).isLessThanOrEqualTo(1);
        } else {
            assertThat(posts).isEqualTo(route.policy().equals(Optional.of("effects")) ? 1 : 0);
        }
    }

    @Test
    void sendsOnlyWhereSomebodyListensAndListensOnlyWhereSomebodySends() {
        assertThat(queues(RouteFile.allRoutes().stream().flatMap(route -> route.sendsTo().stream())))
                .isEqualTo(queues(routes().stream().flatMap(route -> route.from().stream())));
    }

    @Test
    void listensToEachQueueOnce() {
        assertThat(routes().stream().flatMap(route -> route.from().stream())).doesNotHaveDuplicates();
        assertThat(routes().stream().map(Route::id)).doesNotHaveDuplicates();
    }

    @Test
    void knowsOfEveryRouteWithoutAPolicy() {
        assertThat(routes().stream().map(Route::id)).containsAll(WITHOUT_POLICY);
    }

    @Test
    void namesOnlyBeansThatAreBound(@TempDir Path folder) throws Exception {
        Set<String> named = RouteFile.all().stream().flatMap(RouteStyleTest::beans).collect(Collectors.toSet());

        try (RouteFixture ofFolder = RouteFixture.boundOnly(folder.resolve("folder"));
                RouteFixture ofBucket = RouteFixture.boundOnly(folder.resolve("bucket"), "dropfolder.inbox", "s3://photos/inbox")) {
            assertThat(named).contains("intake", "quietFiles", "quietObjects", "delays", "retryAfter", "ideogramJson")
                    .allMatch(name -> ofFolder.bean(name, Object.class) != null || ofBucket.bean(name, Object.class) != null);
        }
    }

    @Test
    void callsOnlyMethodsThatItsBeansHave(@TempDir Path folder) throws Exception {
        List<JsonNode> calls = RouteFile.all().stream()
                .flatMap(file -> Stream.of("bean", "method").flatMap(name -> RouteFile.values(file.content(), name)))
                .filter(JsonNode::isObject).toList();

        try (RouteFixture wiring = RouteFixture.boundOnly(folder)) {
            assertThat(calls).hasSizeGreaterThan(30).allSatisfy(call ->
                    assertThat(has(wiring.bean(call.path("ref").asText(), Object.class), call.path("method").asText()))
                            .as(call.toString()).isTrue());
        }
    }

    private static Set<String> posts() {
        return routes().stream().filter(route -> route.httpMethod().filter("POST"::equals).isPresent())
                .filter(route -> route.id().startsWith("ideogram-")).map(route -> "direct:" + route.id()).collect(Collectors.toSet());
    }

    private static Set<String> queues(Stream<String> uris) {
        return uris.filter(uri -> uri.startsWith("direct:") || uri.startsWith("seda:")).collect(Collectors.toSet());
    }

    private static Stream<String> beans(RouteFile file) {
        Stream<String> byField = RouteFile.fields(file.content()).filter(field -> BEAN_FIELDS.contains(field.getKey()))
                .map(field -> field.getValue().asText());
        Stream<String> byMark = RouteFile.texts(file.content()).map(BEAN::matcher).filter(Matcher::matches)
                .map(matcher -> matcher.group(1));
        return Stream.concat(byField, byMark);
    }

    /** {@code name}, which is given the body or nothing, or {@code name(a, b)}. */
    private static boolean has(Object bean, String call) {
        String name = call.replaceFirst("\\(.*", "");
        boolean spelledOut = call.contains("(");
        int given = call.split(",").length;
        return Arrays.stream(bean.getClass().getMethods()).filter(method -> method.getName().equals(name))
                .map(Method::getParameterCount).anyMatch(takes -> spelledOut ? takes == given : takes <= 1);
    }

    private static Stream<String> found(Pattern pattern, Stream<String> texts) {
        return texts.flatMap(text -> pattern.matcher(text).results()).map((Function<MatchResult, String>) found -> found.group(1));
    }
}
