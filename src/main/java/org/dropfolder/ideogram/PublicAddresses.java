package org.dropfolder.ideogram;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Resolves names of hosts that somebody else told, and refuses those that lead to a private place: this machine, its network, or what
 * serves secrets to virtual machines. Who connects takes the very addresses that were looked at, so a name that means something else
 * the next time leads nowhere. Thread safe.
 */
final class PublicAddresses implements DnsResolver {
    private final boolean thisMachineToo;
    private final DnsResolver names;

    /** @param thisMachineToo whether loopback is let through, where the API itself is there */
    PublicAddresses(boolean thisMachineToo) {
        this(thisMachineToo, SystemDefaultDnsResolver.INSTANCE);
    }

    /** @param names what each name means */
    PublicAddresses(boolean thisMachineToo, DnsResolver names) {
        this.thisMachineToo = thisMachineToo;
        this.names = names;
    }

    /**
     * What the name means now.
     *
     * @throws PrivateAddressException where any of it is private
     */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = names.resolve(host);
        for (InetAddress address : found) {
            if (!isPublic(address) && !(thisMachineToo && address.isLoopbackAddress())) {
                throw new PrivateAddressException();
            }
        }
        return found;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }

    /** Where anybody's server may be. */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        return address instanceof Inet4Address ? isPublic4(address.getAddress()) : isPublic6((Inet6Address) address);
    }

    private static boolean isPublic4(byte[] bytes) {
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        int third = bytes[2] & 0xFF;
        boolean shared = first == 100 && (second & 0xC0) == 64;
        boolean special = first == 192 && second == 0 && (third == 0 || third == 2) || first == 198 && (second & 0xFE) == 18
                || first == 198 && second == 51 && third == 100 || first == 203 && second == 0 && third == 113
                || first == 192 && second == 88 && third == 99;
        return first != 0 && first < 224 && !shared && !special;
    }

    /** Of IPv6 only what is global, and not 6to4, in which a private IPv4 address would slip through. (Java makes a mapped one IPv4.) */
    private static boolean isPublic6(Inet6Address address) {
        byte[] bytes = address.getAddress();
        boolean global = (bytes[0] & 0xE0) == 0x20;
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        // Teredo, benchmarks, ORCHID and what else was set apart
        boolean setApart = bytes[0] == 0x20 && bytes[1] == 0x01 && (bytes[2] & 0xFE) == 0;
        boolean documentation = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0D && (bytes[3] & 0xFF) == 0xB8;
        return global && !sixToFour && !setApart && !documentation;
    }

    /** The host is a private place. */
    static final class PrivateAddressException extends UnknownHostException {

        private static final long serialVersionUID = 1;

        PrivateAddressException() {
            super("its host is in a private network");
        }
    }
}
