package io.changeorder.adapter.rest.jetty;

import com.google.common.hash.HashCode;
import io.changeorder.adapter.rest.limit.RequestRate;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * What each address may ask for. This machine's own may ask for anything, since a proxy on it stands for many. Who has one
 * address of IPv6 has a network of them, so that their first 64 bits count.
 */
record AddressRate(Optional<RequestRate> rate) {
    private static final int NETWORK_BYTES = 8;

    boolean admits(SocketAddress remote) {
        return rate.isEmpty()
                || !(remote instanceof InetSocketAddress socket)
                || socket.getAddress() == null
                || socket.getAddress().isLoopbackAddress()
                || rate.get().admits(source(socket.getAddress()));
    }

    private static HashCode source(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HashCode.fromBytes(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
