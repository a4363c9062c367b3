package io.changeorder.adapter.rest.jetty;

import io.changeorder.adapter.rest.RestApi;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.authentication.UncheckedSignatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves a {@link RestApi} over HTTP/1.1. It listens on a loopback address only: signatures are read but not checked, so
 * nobody else may reach it. Requests that run are finished when it stops. Safe from any thread; started once, and closing
 * it again is harmless.
 */
public final class RestServer implements AutoCloseable {
    /** Parameters travel in the query, environments and probes too, so the request line needs room. */
    private static final int MAX_HEAD_BYTES = 64 * 1024;

    private static final int MAX_THREADS = 64;
    private static final int MIN_THREADS = 4;
    private static final int MAX_CONNECTIONS = 1024;
    private static final int MAX_RUNNING = 128;
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);
    private static final int ONE = 1;

    private final Server server;
    private final ServerConnector connector;

    private RestServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /** For this API. */
    public static Builder builder(RestApi api) {
        return new Builder(api);
    }

    /**
     * Listens from now on.
     *
     * @throws UncheckedIOException when it can't; caused by a {@link BindException} when the port is taken
     */
    public RestServer start() {
        try {
            server.start();
            return this;
        } catch (IOException e) {
            close();
            IOException cause = e.getCause() instanceof BindException taken ? taken : e;
            throw new UncheckedIOException("The server can't listen: " + e.getMessage(), cause);
        } catch (Exception e) {
            close();
            throw new IllegalStateException("The server can't start: " + e.getMessage(), e);
        }
    }

    /** The port that it listens on; the one that the system chose if 0 was asked for. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Accepts no more, finishes what runs, within the limit, and releases everything. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The server did not stop cleanly: " + e.getMessage(), e);
        } finally {
            server.destroy();
        }
    }

    /** Collects how to serve. Not thread-safe. */
    public static final class Builder {
        private final RestApi api;
        private RequestAuthentication authentication = new UncheckedSignatures();
        private String host = "127.0.0.1";
        private int port;
        private Duration idle = Duration.ofSeconds(60);
        private Duration grace = Duration.ofSeconds(10);

        private Builder(RestApi api) {
            this.api = api;
        }

        /** Says who sends a request; unless set, whoever it says. */
        public Builder authentication(RequestAuthentication newAuthentication) {
            authentication = newAuthentication;
            return this;
        }

        /** A loopback address or a name of one; 127.0.0.1 unless set. */
        public Builder host(String newHost) {
            host = newHost;
            return this;
        }

        /** 0, which is the default, lets the system choose. */
        public Builder port(int newPort) {
            port = newPort;
            return this;
        }

        /** A connection on which nothing happens for this long is closed. */
        public Builder idleTimeout(Duration newIdle) {
            idle = newIdle;
            return this;
        }

        /** How long running requests may take to finish when the server stops. */
        public Builder stopTimeout(Duration newGrace) {
            grace = newGrace;
            return this;
        }

        /**
         * Builds the server; it listens once it is started.
         *
         * @throws IllegalArgumentException for a host that is not loopback, or not known
         */
        public RestServer build() {
            InetAddress address = loopback(host);
            Server server = new Server(threads());
            ServerConnector connector = new ServerConnector(server, ONE, ONE, new HttpConnectionFactory(http()));
            connector.setHost(address.getHostAddress());
            connector.setPort(port);
            connector.setIdleTimeout(idle.toMillis());
            server.addConnector(connector);
            server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
            server.setHandler(new GracefulHandler(bounded(new ApiHandler(api, authentication))));
            server.setErrorHandler(new EnvelopeErrorHandler(api));
            server.setStopTimeout(grace.toMillis());
            return new RestServer(server, connector);
        }

        /** Each running request may hold a body in memory, also where threads cost nothing. */
        private static Handler bounded(Handler handler) {
            QoSHandler bounded = new QoSHandler(handler);
            bounded.setMaxRequestCount(MAX_RUNNING);
            bounded.setMaxSuspendedRequestCount(MAX_CONNECTIONS);
            bounded.setMaxSuspend(MAX_WAIT);
            return bounded;
        }

        private static QueuedThreadPool threads() {
            QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
            threads.setName("changeorder-http");
            if (VirtualThreads.areSupported()) {
                threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("changeorder-http-"));
            }
            return threads;
        }

        private static HttpConfiguration http() {
            HttpConfiguration http = new HttpConfiguration();
            http.setRequestHeaderSize(MAX_HEAD_BYTES);
            http.setSendServerVersion(false);
            http.setSendDateHeader(true);
            // The router compares raw paths and knows no others than its own.
            http.setUriCompliance(UriCompliance.UNSAFE);
            return http;
        }

        private static InetAddress loopback(String host) {
            InetAddress address = resolved(host);
            if (!address.isLoopbackAddress()) {
                throw new IllegalArgumentException("The server listens on loopback only, since it does not check"
                        + " signatures yet; use 127.0.0.1, ::1 or localhost instead of " + host);
            }
            return address;
        }

        private static InetAddress resolved(String host) {
            try {
                return InetAddress.getByName(host);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("Unknown host: " + host, e);
            }
        }
    }
}
