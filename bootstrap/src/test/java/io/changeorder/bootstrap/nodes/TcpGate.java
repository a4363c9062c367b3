package io.changeorder.bootstrap.nodes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes connections on to a port of this machine, as long as it is open. Safe from any thread. */
final class TcpGate implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean open = true;

    TcpGate(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::acceptAll);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Every connection breaks, and none is made any more. */
    void shut() {
        open = false;
        sockets.forEach(TcpGate::end);
    }

    void openAgain() {
        open = true;
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (open) {
                    pass(client);
                } else {
                    end(client);
                }
            } catch (IOException closed) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(closed);
                }
            }
        }
    }

    private void pass(Socket client) {
        Socket behind;
        try {
            behind = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException nobodyListens) {
            end(client);
            return;
        }
        sockets.add(client);
        sockets.add(behind);
        start(() -> pump(client, behind));
        start(() -> pump(behind, client));
    }

    private void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        } catch (IOException broken) {
            // Whoever it was, the other one learns of it by the end of its connection.
            end(from);
        }
        end(from);
        end(to);
        sockets.remove(from);
        sockets.remove(to);
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "gate");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        shut();
    }
}
