package org.dropfolder.ideogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "100.100.100.200", "100.127.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "198.18.0.1",
        "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::10.0.0.1",
        "64:ff9b::a00:1", "2002:a00:1::1", "2001::1", "2001:db8::1", "100::1"})
    void knowsWhatIsPrivate(String address) throws Exception {
        assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "8.8.8.8", "100.63.0.1", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.0.1.1", "223.255.255.254",
        "2606:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8"})
    void knowsWhatIsPublic(String address) throws Exception {
        assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void refusesANameOfWhichAnyAddressIsPrivate() {
        PublicAddresses addresses = new PublicAddresses(false, names("8.8.8.8", "10.0.0.1"));

        assertThatThrownBy(() -> addresses.resolve("cdn.example.com")).isInstanceOf(PublicAddresses.PrivateAddressException.class)
                .hasMessageNotContaining("10.0.0.1");
    }

    @Test
    void letsThisMachineThroughOnlyWhereTheApiIsThere() throws Exception {
        assertThat(new PublicAddresses(true, names("127.0.0.1")).resolve("x")).hasSize(1);
        assertThatThrownBy(() -> new PublicAddresses(false, names("127.0.0.1")).resolve("x")).isInstanceOf(UnknownHostException.class);
        assertThatThrownBy(() -> new PublicAddresses(true, names("192.168.0.1")).resolve("x")).isInstanceOf(UnknownHostException.class);
    }

    private static DnsResolver names(String... addresses) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                InetAddress[] all = new InetAddress[addresses.length];
                for (int i = 0; i < addresses.length; i++) {
                    all[i] = InetAddress.getByName(addresses[i]);
                }
                return all;
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }
}
