package io.changeorder.adapter.rest.jetty;

import com.google.common.hash.HashCode;
import io.changeorder.adapter.rest.limit.RequestRate;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * What each address may ask for. This machine's own may ask for anything, since a proxy on it stands for many. Who has one
 * address of IPv6 has a network of them, so that their first 64 bits count.
 */
record AddressRate(Optional<RequestRate> rate) {
    private static final int NETWORK_BYTES = 8;

    /** Counts one request; false when there were too many from there. What has no address has no limit. */
    boolean admits(SocketAddress remote) {
        Optional<InetAddress> address = RemoteAddress.of(remote);
        return rate.isEmpty()
                || address.isEmpty()
                || address.get().isLoopbackAddress()
                || rate.get().admits(source(address.get()));
    }

    private static HashCode source(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HashCode.fromBytes(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
