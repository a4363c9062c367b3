package io.changeorder.adapter.rest.jetty;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Closes connections on which a request has begun and its head does not come to an end: a byte now and then keeps them
 * from being idle. And it lets one address have only so many.
 */
final class SlowHeads extends AbstractLifeCycle implements Connection.Listener {
    private static final int LOOKS = 4;

    private final Server server;
    private final Duration patience;
    private final int mostOfAnAddress;
    private final Map<Connection, Progress> open = new ConcurrentHashMap<>();
    private final Map<InetAddress, Integer> ofAddress = new ConcurrentHashMap<>();

    SlowHeads(Server server, Duration patience, int mostOfAnAddress) {
        this.server = server;
        this.patience = patience;
        this.mostOfAnAddress = mostOfAnAddress;
    }

    @Override
    protected void doStart() {
        again();
    }

    private void again() {
        server.getScheduler().schedule(this::look, patience.toMillis() / LOOKS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        long now = System.nanoTime();
        open.forEach((connection, progress) -> {
            if (progress.stalledAt(now, connection)) {
                connection.close();
            }
        });
        if (isStarting() || isRunning()) {
            again();
        }
    }

    @Override
    public void onOpened(Connection connection) {
        open.put(connection, new Progress());
        if (isOfTheNetwork(connection) && ofAddress.merge(address(connection), 1, Integer::sum) > mostOfAnAddress) {
            connection.close();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
        if (isOfTheNetwork(connection)) {
            ofAddress.computeIfPresent(address(connection), (address, count) -> count > 1 ? count - 1 : null);
        }
    }

    /** Within TLS there is another one for the same. */
    private static boolean isOfTheNetwork(Connection connection) {
        return !(connection.getEndPoint() instanceof SslConnection.SslEndPoint);
    }

    private static InetAddress address(Connection connection) {
        return RemoteAddress.of(connection.getEndPoint().getRemoteSocketAddress())
                .orElseGet(InetAddress::getLoopbackAddress);
    }

    /** How far the next request of a connection has come. Looked at by one thread at a time. */
    private final class Progress {
        private long requests;
        private long bytes;
        private long since;
        private boolean begun;

        synchronized boolean stalledAt(long now, Connection connection) {
            boolean isServed = connection.getMessagesIn() > connection.getMessagesOut();
            if (isServed || connection.getMessagesIn() != requests) {
                requests = connection.getMessagesIn();
                bytes = connection.getBytesIn();
                begun = false;
            } else if (!begun && connection.getBytesIn() > bytes) {
                begun = true;
                since = now;
            }
            return begun && now - since > patience.toNanos();
        }
    }
}
