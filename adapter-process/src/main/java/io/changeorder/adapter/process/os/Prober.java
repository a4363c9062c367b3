package io.changeorder.adapter.process.os;

import io.changeorder.domain.revision.Probe;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Tries probes. Each try blocks its thread, for the probe's timeout at the longest. Thread-safe. */
public final class Prober {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/\\d\\.\\d (\\d{3}).*", Pattern.DOTALL);
    private static final int LONGEST_STATUS_LINE = 200;
    /** Sockets count milliseconds in an int. */
    private static final int LONGEST_SECONDS = Integer.MAX_VALUE / 1_000;

    private final InetAddress host;

    public Prober(InetAddress host) {
        this.host = host;
    }

    /**
     * Whom a probe is about.
     *
     * @param port what a probe of port 0 means
     * @param folder where an exec probe runs
     * @param environment all that an exec probe finds in its environment
     */
    public record Target(int port, Path folder, Map<String, String> environment) {}

    /** Absent when the instance is well, otherwise what is wrong, for people. */
    public Optional<String> complaint(Probe probe, Target target) {
        Duration limit = Duration.ofSeconds(Math.min(probe.timeoutSeconds(), LONGEST_SECONDS));
        return probe.action()
                .match(
                        exec -> exec(exec, target, limit),
                        get -> httpGet(get, target, limit),
                        socket -> connect(socket.port() == 0 ? target.port() : socket.port(), limit));
    }

    private static Optional<String> exec(Probe.Exec exec, Target target, Duration limit) {
        ProcessBuilder builder = new ProcessBuilder(exec.command())
                .directory(target.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(target.environment());
        try {
            Process process = builder.start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    return Optional.of("the probe's command took longer than " + limit.toSeconds() + " s");
                }
                int code = process.exitValue();
                return code == 0 ? Optional.empty() : Optional.of("the probe's command exited with code " + code);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return Optional.of("the probe's command can't be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the probe was interrupted");
        }
    }

    private Optional<String> connect(int port, Duration limit) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), Math.toIntExact(limit.toMillis()));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("no connection to port " + port + ": " + e.getMessage());
        }
    }

    private Optional<String> httpGet(Probe.HttpGet get, Target target, Duration limit) {
        int port = get.port() == 0 ? target.port() : get.port();
        long deadline = System.nanoTime() + limit.toNanos();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), Math.toIntExact(limit.toMillis()));
            socket.setSoTimeout(left(deadline));
            return get.scheme() == Probe.Scheme.HTTPS
                    ? askSecurely(socket, get.path(), port, deadline)
                    : ask(socket, get.path(), port, deadline);
        } catch (IOException | GeneralSecurityException e) {
            return Optional.of("no answer from port " + port + ": " + e.getMessage());
        }
    }

    private Optional<String> askSecurely(Socket plain, String path, int port, long deadline)
            throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsAnyone()}, new SecureRandom());
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, host.getHostAddress(), port, true)) {
            return ask(socket, path, port, deadline);
        }
    }

    private Optional<String> ask(Socket socket, String path, int port, long deadline) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + host.getHostAddress() + ":" + port
                + "\r\nUser-Agent: changeorder-probe\r\nAccept: */*\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        Matcher status = STATUS_LINE.matcher(firstLine(socket, deadline));
        if (!status.matches()) {
            return Optional.of("what port " + port + " answered is not HTTP");
        }
        int code = Integer.parseInt(status.group(1));
        return code >= 200 && code < 400 ? Optional.empty() : Optional.of("GET " + path + " answered " + code);
    }

    /** A server that sends a byte now and then must not hold the probe for longer than its limit. */
    private static String firstLine(Socket socket, long deadline) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        while (line.length() < LONGEST_STATUS_LINE) {
            socket.setSoTimeout(left(deadline));
            int read = in.read();
            if (read < 0 || read == '\n') {
                break;
            }
            line.append((char) read);
        }
        return line.toString();
    }

    private static int left(long deadline) throws IOException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis < 1) {
            throw new IOException("it took too long");
        }
        return Math.toIntExact(millis);
    }

    /** A probe asks whether something answers, not who it is: an instance may have a certificate of its own making. */
    private static final class TrustsAnyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
