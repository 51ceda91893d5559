package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may come in, by what a request says of itself. */
class AdmissionTest {
    private static final Token TOKEN = new Token("the-token");
    private static final Optional<String> NONE = Optional.empty();

    private final Admission here = admission("127.0.0.1");
    private final Admission everywhere = admission("0.0.0.0");
    private final Admission behindAProxy = admission("127.0.0.1", "Photos.example.com");

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.8.9.1", "::1"})
    void whoIsOnThisMachineMayLookWithoutTheToken(String host) {
        assertThat(refusal(here, visit("GET", "/api/status", host))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "evil-localhost", "192.168.1.5", "0.0.0.0",
        "127.0.0.1@evil.example", "", "photos.example.com"})
    void aNameThatIsNotOursIsRefusedEvenWithTheToken(String host) {
        for (String path : List.of("/", "/page/page.js", "/api/status", "/api/datasets/cats/train", "/nothing")) {
            assertThat(here.refusal(visit("GET", path, host), Optional.of("the-token"), NONE)).contains(Admission.Refusal.OTHER_HOST);
        }
        assertThat(here.refusal(new Visit("GET", "/", NONE, Optional.empty(), Optional.empty(), false), NONE, NONE))
            .as("no name at all").contains(Admission.Refusal.OTHER_HOST);
    }

    @Test
    void theNameOfAProxyIsOursOnceItIsSetAndLookingNeedsTheTokenThen() {
        Visit visit = visit("GET", "/api/status", "photos.example.com");

        assertThat(refusal(behindAProxy, visit)).contains(Admission.Refusal.NO_TOKEN);
        assertThat(behindAProxy.refusal(visit, Optional.of("the-token"), NONE)).isEmpty();
        assertThat(refusal(behindAProxy, visit("GET", "/api/status", "127.0.0.1")))
            .as("many proxies name the address they send it to").contains(Admission.Refusal.NO_TOKEN);
    }

    @Test
    void whatAProxyHandedOnIsNotFromThisMachine() {
        assertThat(refusal(here, new Visit("GET", "/api/status", Optional.of("127.0.0.1"), Optional.empty(), Optional.empty(), true)))
            .contains(Admission.Refusal.NO_TOKEN);
    }

    @Test
    void whereOthersAreLetInLookingNeedsTheTokenAndThePagesFilesDoNot() {
        assertThat(refusal(everywhere, visit("GET", "/api/status", "127.0.0.1"))).contains(Admission.Refusal.NO_TOKEN);
        assertThat(refusal(everywhere, visit("HEAD", "/api/events", "192.168.1.5"))).contains(Admission.Refusal.NO_TOKEN);
        assertThat(refusal(everywhere, visit("GET", "/a-route-of-tomorrow", "192.168.1.5"))).contains(Admission.Refusal.NO_TOKEN);
        assertThat(refusal(everywhere, visit("GET", "/", "192.168.1.5"))).isEmpty();
        assertThat(refusal(everywhere, visit("GET", "/page/page.css", "fe80::1%eth0"))).isEmpty();
        assertThat(refusal(everywhere, visit("GET", "/", "evil.example"))).contains(Admission.Refusal.OTHER_HOST);
    }

    @Test
    void thePassLetsLookAndNothingElse() {
        assertThat(everywhere.refusal(visit("GET", "/api/events", "127.0.0.1"), NONE, Optional.of(TOKEN.pass()))).isEmpty();
        assertThat(everywhere.refusal(visit("POST", "/api/datasets/cats/train", "127.0.0.1"), NONE, Optional.of(TOKEN.pass())))
            .contains(Admission.Refusal.NO_TOKEN);
        assertThat(everywhere.refusal(visit("GET", "/api/events", "127.0.0.1"), Optional.of(TOKEN.pass()), NONE))
            .as("it is no token").contains(Admission.Refusal.NO_TOKEN);
        for (String wrong : List.of("", "the-token", TOKEN.pass() + "0", new Token("another").pass())) {
            assertThat(everywhere.refusal(visit("GET", "/api/events", "127.0.0.1"), NONE, Optional.of(wrong)))
                .contains(Admission.Refusal.NO_TOKEN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"})
    void whateverIsNotReadingNeedsTheToken(String method) {
        assertThat(refusal(here, visit(method, "/api/datasets/cats/train", "localhost"))).contains(Admission.Refusal.NO_TOKEN);
        assertThat(here.refusal(visit(method, "/api/datasets/cats/train", "localhost"), Optional.of("the-toke"), NONE))
            .contains(Admission.Refusal.NO_TOKEN);
        assertThat(here.refusal(visit(method, "/api/datasets/cats/train", "localhost"), Optional.of("the-token"), NONE)).isEmpty();
    }

    @Test
    void thePageOfAnotherSiteMayNothing() {
        for (String path : List.of("/api/status", "/api/datasets/cats/train", "/page/page.js", "/")) {
            Visit foreign = new Visit("POST", path, Optional.of("localhost"), Optional.of(new Visit.Origin(false, "evil.example")),
                Optional.empty(), false);
            Visit hidden = new Visit("GET", path, Optional.of("localhost"), Optional.of(new Visit.Origin(false, "")), Optional.empty(), false);
            Visit told = new Visit("GET", path, Optional.of("localhost"), Optional.empty(), Optional.of(new Visit.Site(false, false)), false);
            for (Visit visit : List.of(foreign, hidden, told)) {
                assertThat(here.refusal(visit, Optional.of("the-token"), Optional.of(TOKEN.pass()))).contains(Admission.Refusal.OTHER_SITE);
            }
        }
    }

    @Test
    void aLinkOnAnotherSiteLeadsToThePageAndNowhereElse() {
        Optional<Visit.Site> follows = Optional.of(new Visit.Site(false, true));

        assertThat(refusal(here, new Visit("GET", "/", Optional.of("localhost"), Optional.empty(), follows, false))).isEmpty();
        assertThat(refusal(here, new Visit("GET", "/api/status", Optional.of("localhost"), Optional.empty(), follows, false)))
            .contains(Admission.Refusal.OTHER_SITE);
        assertThat(here.refusal(new Visit("POST", "/", Optional.of("localhost"), Optional.empty(), follows, false), NONE, NONE))
            .contains(Admission.Refusal.OTHER_SITE);
    }

    @Test
    void ourOwnPageMaySteerAlsoThroughAProxyThatEncrypts() {
        Visit own = new Visit("POST", "/api/datasets/cats/train", Optional.of("127.0.0.1"),
            Optional.of(new Visit.Origin(false, "photos.example.com")), Optional.of(new Visit.Site(true, false)), true);

        assertThat(behindAProxy.refusal(own, Optional.of("the-token"), NONE)).isEmpty();
        assertThat(here.refusal(own, Optional.of("the-token"), NONE)).contains(Admission.Refusal.OTHER_SITE);
    }

    @Test
    void healthAndMetricsAreForEverybodyAndNothingBesideThem() {
        for (String path : List.of("/observe/health", "/observe/health/live", "/observe/health/ready", "/observe/metrics")) {
            assertThat(refusal(everywhere, visit("GET", path, "dropfolder.monitoring.svc"))).isEmpty();
        }
        for (String path : List.of("/observe", "/observe/healthy", "/observe/metrics2", "/observe/info")) {
            assertThat(refusal(everywhere, visit("GET", path, "127.0.0.1"))).contains(Admission.Refusal.NO_TOKEN);
        }
    }

    @Test
    void aTokenShowsItselfNowhere() {
        assertThat(TOKEN.toString() + TOKEN.pass() + TOKEN.passName()).doesNotContain("the-token");
    }

    private static Admission admission(String listens, String... names) {
        return new Admission(new Names(listens, List.of(names)), TOKEN);
    }

    private static Visit visit(String method, String path, String host) {
        return new Visit(method, path, Optional.of(host), Optional.empty(), Optional.empty(), false);
    }

    private static Optional<Admission.Refusal> refusal(Admission admission, Visit visit) {
        return admission.refusal(visit, NONE, NONE);
    }
}
