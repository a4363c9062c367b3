package io.changeorder.adapter.rest.jetty;

import io.changeorder.adapter.rest.RestApi;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.authentication.UncheckedSignatures;
import io.changeorder.adapter.rest.limit.RequestRate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves a {@link RestApi} over HTTP/1.1, and over HTTP/2 where there is TLS. A head has up to 208 KiB, and of these 16 KiB
 * are for headers. Requests that run are finished when it stops. Safe from any thread; started once, and closing it again
 * is harmless.
 */
public final class RestServer implements AutoCloseable {
    /** Parameters travel in the query: one of 64 KiB in UTF-8, all of it escaped, and 16 KiB of headers. */
    private static final int MAX_HEAD_BYTES = (3 * 64 + 16) * 1024;

    private static final int MAX_STREAMS = 32;
    private static final Duration YEAR = Duration.ofDays(365);

    private static final int MAX_THREADS = 64;
    private static final int MIN_THREADS = 4;
    private static final int MAX_CONNECTIONS = 4096;
    private static final int MAX_RUNNING = 128;
    private static final int MAX_CONNECTIONS_OF_ADDRESS = 1024;
    private static final int MAX_SLOW_BODIES = 256;
    private static final int MAX_SUSPENDED = 1024;
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
        private Duration patience = Duration.ofSeconds(20);
        private Duration lookAgain = Duration.ofSeconds(5);
        private boolean anyAddress;
        private BooleanSupplier keysExist = () -> false;
        private Optional<PemFiles> tls = Optional.empty();
        private Optional<RequestRate> rate = Optional.empty();

        private Builder(RestApi api) {
            this.api = api;
        }

        /** Says who sends a request; unless set, whoever it says. */
        public Builder authentication(RequestAuthentication newAuthentication) {
            authentication = newAuthentication;
            return this;
        }

        /** An address or a name of one; 127.0.0.1 unless set. Another than loopback has to be allowed. */
        public Builder host(String newHost) {
            host = newHost;
            return this;
        }

        /** Allows to listen on any address. Then an authentication has to know who calls. */
        public Builder anyAddress() {
            anyAddress = true;
            return this;
        }

        /**
         * Whether callers are known by their signatures; never unless set. While they are not, loopback is all that
         * protects the server, and requests to another name than this machine's are refused.
         */
        public Builder keysExist(BooleanSupplier newKeysExist) {
            keysExist = newKeysExist;
            return this;
        }

        /**
         * Serves over TLS alone, with these files in PEM; the key is PKCS#8 without a password. When they are changed, the
         * new ones count from then on; new ones that can't be used are logged, and the old ones stay.
         */
        public Builder tls(Path certificate, Path key) {
            tls = Optional.of(new PemFiles(certificate, key));
            return this;
        }

        /**
         * What each address may ask for; no limit unless set. This machine's own addresses have none: a proxy on it
         * stands for many. Of IPv6 the first 64 bits count.
         */
        public Builder ratePerAddress(RequestRate newRate) {
            rate = Optional.of(newRate);
            return this;
        }

        /** How often the files are looked at. */
        Builder lookAgain(Duration interval) {
            lookAgain = interval;
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

        /** How long a head may take to come, and how long a body, however often a byte of it comes. */
        Builder patience(Duration newPatience) {
            patience = newPatience;
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
         * @throws IllegalArgumentException for a host that is not allowed, or not known
         * @throws UncheckedIOException when the certificate or its key can't be used
         */
        public RestServer build() {
            InetAddress address = allowed(host);
            Server server = new Server(threads());
            ServerConnector connector = tls.map(files -> encrypted(server, files))
                    .orElseGet(() -> new ServerConnector(server, ONE, ONE, new HttpConnectionFactory(http())));
            connector.setHost(address.getHostAddress());
            connector.setPort(port);
            connector.setIdleTimeout(idle.toMillis());
            server.addConnector(connector);
            SlowHeads slowHeads = new SlowHeads(server, patience, MAX_CONNECTIONS_OF_ADDRESS);
            server.addBean(slowHeads);
            connector.addBean(slowHeads);
            server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
            Handler handler = bounded(new ApiHandler(api, authentication, keysExist, new AddressRate(rate)));
            server.setHandler(new GracefulHandler(new WholeBody(handler, MAX_SLOW_BODIES, patience)));
            server.setErrorHandler(new EnvelopeErrorHandler(api));
            server.setStopTimeout(grace.toMillis());
            return new RestServer(server, connector);
        }

        private ServerConnector encrypted(Server server, PemFiles files) {
            Tls certificate = certificate(server, files);
            server.addBean(certificate);
            HttpConfiguration http = http();
            // Who signs signs the host as well; what a certificate is for is the client's affair.
            http.addCustomizer(new SecureRequestCustomizer(false, YEAR.toSeconds(), false));
            HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http);
            http2.setMaxConcurrentStreams(MAX_STREAMS);
            ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
            alpn.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
            SslConnectionFactory ssl = new SslConnectionFactory(certificate.context(), alpn.getProtocol());
            return new ServerConnector(server, ONE, ONE, ssl, alpn, http2, new HttpConnectionFactory(http));
        }

        private Tls certificate(Server server, PemFiles files) {
            try {
                return new Tls(files, lookAgain, server);
            } catch (IOException unusable) {
                throw new UncheckedIOException("TLS: " + unusable.getMessage(), unusable);
            }
        }

        /** Each running request may hold a body in memory, also where threads cost nothing. */
        private static Handler bounded(Handler handler) {
            QoSHandler bounded = new QoSHandler(handler);
            bounded.setMaxRequestCount(MAX_RUNNING);
            bounded.setMaxSuspendedRequestCount(MAX_SUSPENDED);
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

        private InetAddress allowed(String name) {
            InetAddress address = resolved(name);
            if (!anyAddress && !address.isLoopbackAddress()) {
                throw new IllegalArgumentException("The server listens on loopback only, unless another address is"
                        + " allowed; use 127.0.0.1, ::1 or localhost instead of " + name);
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
