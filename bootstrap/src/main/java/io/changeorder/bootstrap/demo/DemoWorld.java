package io.changeorder.bootstrap.demo;

import io.changeorder.adapter.process.ProcessRuntime;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.bootstrap.server.ChangeorderServer;
import io.changeorder.bootstrap.server.Listening;
import io.changeorder.bootstrap.server.ServerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server in a temporary folder that takes everything with it when it ends: its application's processes and its files.
 * Safe from any thread: a shutdown hook may end it at any moment of its start.
 */
final class DemoWorld implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Optional<Path> folder = Optional.empty();
    private Optional<ChangeorderServer> server = Optional.empty();
    private boolean closed;

    private DemoWorld() {}

    /** One that ends with this process at the latest. */
    static DemoWorld untilExit() {
        DemoWorld world = new DemoWorld();
        Runtime.getRuntime().addShutdownHook(new Thread(world::close, "demo-end"));
        return world;
    }

    /** Starts it; used once. */
    synchronized ChangeorderServer start() {
        if (closed) {
            throw new IllegalStateException("the demo was ended before it began");
        }
        try {
            Path temporary = Files.createTempDirectory("changeorder-demo-").toRealPath();
            folder = Optional.of(temporary);
            ChangeorderServer started = ChangeorderServer.start(new ServerSettings(
                    temporary,
                    Listening.onLoopback(0),
                    ZoneOffset.UTC,
                    Optional.empty(),
                    EngineOptions.DEFAULT,
                    false,
                    Optional.empty()));
            server = Optional.of(started);
            return started;
        } catch (IOException unwritable) {
            throw new UncheckedIOException("No temporary folder can be made: " + unwritable, unwritable);
        }
    }

    /** Whether it is over, so that nothing that fails now means anything. */
    synchronized boolean isClosed() {
        return closed;
    }

    /** Ends everything; harmless when done again. */
    @Override
    public synchronized void close() {
        closed = true;
        // First the engine, or it would replace what is ended.
        server.ifPresent(ChangeorderServer::close);
        server = Optional.empty();
        folder.ifPresent(each -> {
            endProcesses(each);
            delete(each);
        });
        folder = Optional.empty();
    }

    private static void endProcesses(Path folder) {
        try (ProcessRuntime runtime = ProcessRuntime.in(folder).open()) {
            if (!runtime.endAll(PATIENCE)) {
                throw new IllegalStateException("Some processes of " + folder + " did not end");
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("The processes of " + folder + " can't be ended: " + broken, broken);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException already) {
            return;
        } catch (IOException stays) {
            throw new UncheckedIOException("The folder " + folder + " can't be deleted: " + stays, stays);
        }
    }
}
