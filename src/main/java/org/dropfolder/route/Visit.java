package org.dropfolder.route;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a request says of itself before anybody looks at what it wants. All of it comes from outside.
 *
 * @param path   as routes are found by it
 * @param host   the name or address that it was meant for, without a port and in lower case; empty where it names none, or several
 * @param origin the page that sent it, as browsers tell
 * @param site   how far that page is from this server, as newer browsers tell
 * @param passed whether a proxy says that it handed it on
 */
record Visit(String method, String path, Optional<String> host, Optional<Origin> origin, Optional<Site> site, boolean passed) {
    private static final List<String> OF_PROXIES = List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

    /**
     * Where a page came from.
     *
     * @param same whether that is where this request goes
     * @param host its name or address, in lower case; empty where it has none
     */
    record Origin(boolean same, String host) { }

    /**
     * What {@code Sec-Fetch-Site} and {@code Sec-Fetch-Mode} say.
     *
     * @param same      whether this server's own page sent it, or a person typed the address
     * @param navigates whether a person goes there
     */
    record Site(boolean same, boolean navigates) { }

    static Visit of(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<HostAndPort> authority = authority(request);
        return new Visit(request.method().name(), context.normalizedPath(), authority.map(there -> bare(there.host())),
            header(request, "Origin").map(origin -> origin(origin, authority)),
            header(request, "Sec-Fetch-Site").map(site -> new Site(List.of("same-origin", "none").contains(site),
                header(request, "Sec-Fetch-Mode").filter("navigate"::equals).isPresent())),
            OF_PROXIES.stream().anyMatch(request.headers()::contains));
    }

    boolean reads() {
        return method.equals(HttpMethod.GET.name()) || method.equals(HttpMethod.HEAD.name());
    }

    private static Optional<HostAndPort> authority(HttpServerRequest request) {
        boolean several = request.headers().getAll("Host").size() > 1;
        return several ? Optional.empty() : Optional.ofNullable(request.authority());
    }

    /** Ports count: another program on this machine is another origin. */
    private static Origin origin(String told, Optional<HostAndPort> authority) {
        String lower = told.toLowerCase(Locale.ROOT);
        String there = lower.replaceFirst("^https?://", "");
        boolean known = !there.equals(lower);
        HostAndPort origin = known ? HostAndPort.parseAuthority(there, -1) : null;
        boolean same = origin != null && authority.filter(here -> bare(here.host()).equals(bare(origin.host()))
            && here.port() == origin.port()).isPresent();
        return new Origin(same, origin == null ? "" : bare(origin.host()));
    }

    private static String bare(String host) {
        return host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "").replaceFirst("^\\[(.*)]$", "$1");
    }

    private static Optional<String> header(HttpServerRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name));
    }
}
