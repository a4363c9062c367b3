package io.changeorder.bootstrap.clients.kit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between a client and a server, hands requests over, and loses the answer to the first one: the connection is
 * reset once the server has answered. It keeps what the clients sent.
 */
public final class AnswerLosingProxy implements AutoCloseable {
    private static final int ANY = 0;

    private final ServerSocket listening;
    private final String host;
    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();

    public AnswerLosingProxy(String server) throws IOException {
        int colon = server.lastIndexOf(':');
        host = server.substring(0, colon);
        port = Integer.parseInt(server.substring(colon + 1));
        listening = new ServerSocket(ANY, ANY, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public String endpoint() {
        return host + ":" + listening.getLocalPort();
    }

    /** What was sent on each connection, in the order in which they were opened. */
    public List<String> requests() {
        return sent.stream().map(Sent::text).toList();
    }

    private void accept() {
        try {
            for (boolean first = true; ; first = false) {
                Socket client = listening.accept();
                Socket server = new Socket(host, port);
                Sent record = new Sent();
                sent.add(record);
                boolean loses = first;
                threads.execute(() -> pump(client, server, record::add));
                threads.execute(() -> pump(server, client, loses ? bytes -> reset(client, server) : bytes -> {}));
            }
        } catch (IOException closed) {
            threads.shutdown();
        }
    }

    /** Copies until either end is closed. */
    private static void pump(Socket from, Socket to, Watcher watcher) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                watcher.seen(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                out.write(buffer, 0, read);
            }
        } catch (IOException ended) {
            // Either end closed it: both are closed now, and there is nobody to tell.
        }
    }

    /** A linger of 0 makes the close a reset. */
    private static void reset(Socket client, Socket server) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
        server.close();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Watcher {
        void seen(String bytes) throws IOException;
    }

    private static final class Sent {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        synchronized void add(String more) {
            bytes.writeBytes(more.getBytes(StandardCharsets.ISO_8859_1));
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
