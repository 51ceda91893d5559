package org.dropfolder.route;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names and addresses by which this server is reached. A page on the web can make a name of its own lead to this machine, and
 * then send requests here as if to itself; it can't make them bear a name of ours. Immutable.
 */
public final class Names {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-f:.]*:[0-9a-f:.]*(%[\\w.-]+)?");

    private final String listens;
    private final Optional<InetAddress> address;
    private final List<String> given;
    private final String machine;

    /**
     * @param listens the name or address that the server listens on
     * @param given   further ones, for whom a proxy asks
     */
    public Names(String listens, List<String> given) {
        this.listens = listens.toLowerCase(Locale.ROOT);
        this.address = address(this.listens);
        this.given = given.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        this.machine = machine();
    }

    /** Whether a request for this host is one for this server; in lower case, without a port. */
    boolean isOurs(String host) {
        return isLoopback(host) || host.equals(listens) || host.equals(machine) || isGiven(host) || isListenedOn(host);
    }

    /** Whether the host is one of the further names. */
    boolean isGiven(String host) {
        return given.contains(host);
    }

    /** Whether only who is on this machine reaches this server, as far as the settings tell. */
    boolean areOfThisMachineAlone() {
        return address.filter(InetAddress::isLoopbackAddress).isPresent() && given.isEmpty();
    }

    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    /** An address is no name that somebody could make lead here; where all are listened on, each of them is ours. */
    private boolean isListenedOn(String host) {
        return ADDRESS.matcher(host).matches()
            && address.filter(here -> here.isAnyLocalAddress() || address(host).filter(here::equals).isPresent()).isPresent();
    }

    private static Optional<InetAddress> address(String host) {
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException unknown) {
            return Optional.empty();
        }
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException nameless) {
            return "";
        }
    }
}
