package io.changeorder.bootstrap.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a server listens, and for whom.
 *
 * @param host an address or a name of one
 * @param port 0 for any free one
 * @param tls encrypts everything when there
 * @param insecurePlainHttp whether it may be reached from elsewhere without TLS
 * @param maxRequestsPerSecond of one key, and of one address that is not this machine's
 */
public record Listening(
        String host, int port, Optional<TlsFiles> tls, boolean insecurePlainHttp, int maxRequestsPerSecond) {
    /** Requests a second unless somebody says otherwise. */
    public static final int USUAL_RATE = 100;

    /** PEM files: a certificate with its chain, and its key. */
    public record TlsFiles(Path certificate, Path key) {}

    /** On this machine only. */
    public static Listening onLoopback(int port) {
        return new Listening("127.0.0.1", port, Optional.empty(), false, USUAL_RATE);
    }

    /**
     * Refuses to be reached from elsewhere by who reads along.
     *
     * @throws StartException which says what to do
     */
    void requireTls() {
        if (!isLoopback() && tls.isEmpty() && !insecurePlainHttp) {
            throw StartException.usage("To listen on " + host + " a server needs TLS: give --tls-certificate and"
                    + " --tls-key; or --insecure-plain-http, where something in front of it encrypts. On 127.0.0.1 it"
                    + " needs neither.");
        }
    }

    /**
     * Refuses to be reached from elsewhere by whoever likes.
     *
     * @throws StartException which says what to do
     */
    void requireKeys(boolean keysExist) {
        if (!isLoopback() && !keysExist) {
            throw StartException.usage("To listen on " + host + " a server needs an access key, so that not everybody"
                    + " may do everything: create one with \"changeorder keys create\" on the same data first. On"
                    + " 127.0.0.1 it needs none.");
        }
    }

    private boolean isLoopback() {
        return address().isLoopbackAddress();
    }

    /** Where clients on this machine find it. */
    String nameForClients() {
        if (address().isAnyLocalAddress()) {
            return "localhost";
        }
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private InetAddress address() {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw StartException.usage("Unknown host: " + host + ".", unknown);
        }
    }
}
