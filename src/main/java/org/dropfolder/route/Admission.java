package org.dropfolder.route;

import java.util.Optional;

/**
 * Who may come in: the one rule for every request, whatever it wants. What it does not name needs the token, so that a new
 * route is closed until it is opened here. Immutable.
 *
 * <p>Health and metrics are for all, since they name nothing. All else is for those who meant this server, and did not come from
 * another's page: a browser sends whatever any page tells it to. The page's own files are for all of these; reading is for those
 * of this machine; everything else, and reading from elsewhere, is for who has the token.
 */
public final class Admission {
    private final Names names;
    private final Token token;

    public Admission(Names names, Token token) {
        this.names = names;
        this.token = token;
    }

    /** Why a request goes no further. */
    enum Refusal {
        /** It was meant for a name that is not ours: perhaps a page that made its own name lead here. */
        OTHER_HOST(403, "This request was meant for another host. If this server is reached by that name, set dropfolder.http.names."),
        OTHER_SITE(403, "This request comes from the page of another site, and only this server's own may send it."),
        NO_TOKEN(401, "This needs the token: send Authorization: Bearer <token>, with the one in dropfolder.lock in the data folder, or "
            + "open the page by the link that the server prints when it starts.");

        private final int status;
        private final String words;

        Refusal(int status, String words) {
            this.status = status;
            this.words = words;
        }

        int status() {
            return status;
        }

        String words() {
            return words;
        }
    }

    /**
     * Whether a request may go on.
     *
     * @param bearer what it calls its token
     * @param pass   what it shows to be allowed to look
     * @return why it may not; empty where it may
     */
    Optional<Refusal> refusal(Visit visit, Optional<String> bearer, Optional<String> pass) {
        if (isForWatchers(visit.path())) {
            return Optional.empty();
        }
        if (visit.host().filter(names::isOurs).isEmpty()) {
            return Optional.of(Refusal.OTHER_HOST);
        }
        if (comesFromElsewhere(visit)) {
            return Optional.of(Refusal.OTHER_SITE);
        }
        boolean admitted = isThePage(visit.path()) || bearer.filter(token::isIt).isPresent()
            || visit.reads() && (isFromThisMachine(visit) || pass.filter(token::letsLook).isPresent());
        return admitted ? Optional.empty() : Optional.of(Refusal.NO_TOKEN);
    }

    static boolean isForWatchers(String path) {
        return path.equals("/observe/metrics") || path.equals("/observe/health") || path.startsWith("/observe/health/");
    }

    private static boolean isThePage(String path) {
        return path.equals("/") || path.startsWith("/page/");
    }

    private boolean comesFromElsewhere(Visit visit) {
        boolean followsALink = visit.path().equals("/") && visit.reads() && visit.site().filter(Visit.Site::navigates).isPresent();
        return visit.origin().filter(origin -> !origin.same() && !names.isGiven(origin.host())).isPresent()
            || !followsALink && visit.site().filter(Visit.Site::same).isEmpty() && visit.site().isPresent();
    }

    /** A proxy on this machine hands on what comes from others: where there may be one, nobody is taken to be here. */
    private boolean isFromThisMachine(Visit visit) {
        return names.areOfThisMachineAlone() && !visit.passed() && visit.host().filter(Names::isLoopback).isPresent();
    }
}
