package io.changeorder.adapter.process.os;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;

/** Finds ports on which nobody listens. Thread-safe. */
public final class Ports {
    private final InetAddress host;
    private final int first;
    private final int last;
    private int next;

    /**
     * @param first lowest port to give away
     * @param last highest one, not below {@code first}
     */
    public Ports(InetAddress host, int first, int last) {
        if (first < 1 || last > 65_535 || first > last) {
            throw new IllegalArgumentException("not a range of ports: " + first + " to " + last);
        }
        this.host = host;
        this.first = first;
        this.last = last;
        // Engines side by side would otherwise all try the same ports in the same order.
        this.next = ThreadLocalRandom.current().nextInt(first, last + 1);
    }

    public InetAddress host() {
        return host;
    }

    /**
     * A port that is free now; whoever is quicker may still take it.
     *
     * @param avoided what must not be given away though it may look free
     */
    public synchronized OptionalInt free(IntPredicate avoided) {
        for (int tried = first; tried <= last; tried++) {
            int port = next;
            next = port == last ? first : port + 1;
            if (!avoided.test(port) && isFree(port)) {
                return OptionalInt.of(port);
            }
        }
        return OptionalInt.empty();
    }

    private boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
