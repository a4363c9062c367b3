package io.changeorder.adapter.rest.jetty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the other end of a socket is. */
final class RemoteAddress {
    private RemoteAddress() {}

    /** Empty where it has no address of a network, or none any more. */
    static Optional<InetAddress> of(@Nullable SocketAddress socket) {
        return socket instanceof InetSocketAddress network
                ? Optional.ofNullable(network.getAddress())
                : Optional.empty();
    }
}
