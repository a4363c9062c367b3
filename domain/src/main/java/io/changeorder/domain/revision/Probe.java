package io.changeorder.domain.revision;

import java.util.List;
import java.util.function.Function;

/**
 * How an instance is asked whether it is well (SAE 2019-05-06: Liveness, Readiness, StartupProbe).
 *
 * @param action what is tried
 * @param initialDelaySeconds seconds after the start before the first try, 0 or more
 * @param periodSeconds seconds between two tries, 1 or more
 * @param timeoutSeconds seconds after which a try has failed, 1 or more
 */
public record Probe(Action action, int initialDelaySeconds, int periodSeconds, int timeoutSeconds) {
    public static final int DEFAULT_INITIAL_DELAY_SECONDS = 10;
    public static final int DEFAULT_PERIOD_SECONDS = 30;
    public static final int DEFAULT_TIMEOUT_SECONDS = 1;

    public Probe {
        if (initialDelaySeconds < 0 || periodSeconds < 1 || timeoutSeconds < 1) {
            throw new IllegalArgumentException("a probe has a delay of 0 or more, a period and a timeout of 1 or more");
        }
    }

    /** What a probe tries. */
    public sealed interface Action permits Exec, HttpGet, TcpSocket {
        <T> T match(Function<Exec, T> exec, Function<HttpGet, T> httpGet, Function<TcpSocket, T> tcpSocket);
    }

    /**
     * A command that exits with 0 when the instance is well.
     *
     * @param command the program and its arguments, at least one
     */
    public record Exec(List<String> command) implements Action {
        public Exec {
            command = List.copyOf(command);
            if (command.isEmpty()) {
                throw new IllegalArgumentException("an exec probe has a command");
            }
        }

        @Override
        public <T> T match(Function<Exec, T> exec, Function<HttpGet, T> httpGet, Function<TcpSocket, T> tcpSocket) {
            return exec.apply(this);
        }
    }

    /**
     * An HTTP request that is answered with a status from 200 to 399 when the instance is well.
     *
     * @param path starts with a slash
     * @param port 1 to 65535, or 0 for the instance's own {@code PORT}
     * @param scheme HTTP or HTTPS
     */
    public record HttpGet(String path, int port, Scheme scheme) implements Action {
        public HttpGet {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("the path of a probe starts with a slash: " + path);
            }
            requirePort(port);
        }

        @Override
        public <T> T match(Function<Exec, T> exec, Function<HttpGet, T> httpGet, Function<TcpSocket, T> tcpSocket) {
            return httpGet.apply(this);
        }
    }

    /** The scheme of an {@link HttpGet}. */
    public enum Scheme {
        HTTP,
        HTTPS
    }

    /**
     * A port that can be connected to when the instance is well.
     *
     * @param port 1 to 65535, or 0 for the instance's own {@code PORT}
     */
    public record TcpSocket(int port) implements Action {
        public TcpSocket {
            requirePort(port);
        }

        @Override
        public <T> T match(Function<Exec, T> exec, Function<HttpGet, T> httpGet, Function<TcpSocket, T> tcpSocket) {
            return tcpSocket.apply(this);
        }
    }

    private static void requirePort(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }
}
