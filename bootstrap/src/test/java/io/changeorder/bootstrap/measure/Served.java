package io.changeorder.bootstrap.measure;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code changeorder serve} as users start it, with its launcher. */
final class Served implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long SECONDS_TO_STOP = 30;

    private final Process process;
    private final RawClient client;
    private final long nanosToFirstAnswer;

    private Served(Process process, RawClient client, long nanosToFirstAnswer) {
        this.process = process;
        this.client = client;
        this.nanosToFirstAnswer = nanosToFirstAnswer;
    }

    /** Starts one, and asks it until it answers. */
    static Served start(Path home, Path data, Path log) throws IOException {
        int port = freePort();
        List<String> command = List.of(
                home.resolve("changeorder").toString(),
                "serve",
                "--data",
                data.toString(),
                "--port",
                Integer.toString(port),
                "--log-level=warn");
        long started = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(log.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            RawClient client = firstAnswer(process, port, started, log);
            return new Served(process, client, System.nanoTime() - started);
        } catch (IOException | RuntimeException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    private static RawClient firstAnswer(Process process, int port, long started, Path log) throws IOException {
        while (true) {
            try {
                RawClient client = new RawClient(port);
                client.call("GET", "/pop/v1/sam/app/listApplications?CurrentPage=1&PageSize=10");
                return client;
            } catch (ConnectException notYet) {
                if (!process.isAlive() || System.nanoTime() - started > PATIENCE_NANOS) {
                    throw new IOException("no server: " + Files.readString(log), notYet);
                }
                Thread.onSpinWait();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    RawClient client() {
        return client;
    }

    long nanosToFirstAnswer() {
        return nanosToFirstAnswer;
    }

    /** Resident memory, in kB. */
    long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        client.close();
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
