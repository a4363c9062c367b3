package io.changeorder.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection that sends exactly the bytes it is told to. */
final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    RawHttp(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** An answer as it was on the wire; header names in lower case. */
    record Reply(int status, Map<String, String> headers, String body) {
        Answered answered() {
            return new Answered(status, Answered.json(body));
        }
    }

    static Reply exchange(int port, String request) throws IOException {
        return exchange(port, request.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Reply exchange(int port, byte[] request) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            return http.send(request).reply();
        }
    }

    RawHttp send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    RawHttp send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Reply reply() throws IOException {
        Reply head = head();
        assertThat(head.headers()).containsKey("content-length");
        int length = Integer.parseInt(head.headers().get("content-length"));
        return new Reply(head.status(), head.headers(), new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    /** Status and headers, without looking for a body. */
    Reply head() throws IOException {
        int status = status();
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        return new Reply(status, headers, "");
    }

    /** The status of an answer before the answer. */
    int interimStatus() throws IOException {
        return head().status();
    }

    private int status() throws IOException {
        return Integer.parseInt(line().substring(9, 12));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("closed by the server after: " + line.toString(StandardCharsets.ISO_8859_1));
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
