package io.changeorder.bootstrap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A request without a body, byte by byte: made up, or as a client sent it. */
record RawRequest(String text) {
    private static final String END = "\r\n\r\n";
    private static final int TIMEOUT_MILLIS = 30_000;
    /** Nobody tries again. */
    private static final String ANSWER =
            "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                    + "Connection: close\r\n\r\n{}";

    static RawRequest get(String path) {
        return new RawRequest("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1" + END);
    }

    /**
     * What a client sends first.
     *
     * @param client is given an address to call, and told that it can't be served there
     */
    static RawRequest recorded(Consumer<String> client) throws Exception {
        try (ServerSocket recorder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> first = new CompletableFuture<>();
            Thread listening = new Thread(() -> record(recorder, first), "recorder");
            listening.setDaemon(true);
            listening.start();
            try {
                client.accept("127.0.0.1:" + recorder.getLocalPort());
            } catch (RuntimeException refused) {
                // As it was told.
                assertWasHeard(first, refused);
            }
            return new RawRequest(first.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    private static void assertWasHeard(CompletableFuture<String> first, RuntimeException refused) {
        if (!first.isDone()) {
            throw refused;
        }
    }

    private static void record(ServerSocket recorder, CompletableFuture<String> first) {
        try (Socket socket = recorder.accept()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith(END)) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("the client hung up");
                }
                head.write(next);
            }
            first.complete(head.toString(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException failed) {
            first.completeExceptionally(failed);
        }
    }

    /** Sends it on a connection of its own; the whole answer. */
    String sendTo(URI server) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
