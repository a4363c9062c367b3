package io.changeorder.bootstrap.server;

import com.google.common.base.Throwables;
import io.changeorder.adapter.access.key.KeyFileException;
import io.changeorder.adapter.persistence.FolderLock;
import io.changeorder.adapter.persistence.SqliteAccessStore;
import io.changeorder.adapter.persistence.SqliteChangeOrderStore;
import io.changeorder.adapter.persistence.postgres.PostgresChangeOrderStore;
import io.changeorder.adapter.persistence.postgres.PostgresServer;
import io.changeorder.adapter.process.ProcessRuntime;
import io.changeorder.adapter.rest.RestApi;
import io.changeorder.adapter.rest.jetty.RestServer;
import io.changeorder.adapter.rest.limit.RequestRate;
import io.changeorder.application.ChangeOrderEngine;
import io.changeorder.application.engine.UuidV7IdSource;
import io.changeorder.application.spi.Authorizer;
import io.changeorder.application.spi.access.AccessStore;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.bootstrap.access.AccessKeys;
import io.changeorder.bootstrap.access.RecordedRefusals;
import io.changeorder.bootstrap.policy.PolicyFile;
import io.changeorder.bootstrap.policy.PolicyFileException;
import io.changeorder.domain.id.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The composition root: a data folder, a store and a runtime in it, the engine over both, and the wire over the engine.
 * Closing stops in the reverse order: no request is accepted any more, those that run are finished, orders are let go,
 * and the store is closed. Instances go on, and the next server on the folder adopts them. Safe from any thread.
 */
public final class ChangeorderServer implements AutoCloseable {
    private final Teardown teardown;
    private final URI address;
    private final Path folder;
    private final AccessKeys keys;

    private ChangeorderServer(Teardown teardown, URI address, Path folder, AccessKeys keys) {
        this.keys = keys;
        this.teardown = teardown;
        this.address = address;
        this.folder = folder;
    }

    /** Makes the runtime that keeps its things in a data folder. */
    @FunctionalInterface
    public interface RuntimeOpener {
        ApplicationRuntime open(Path folder);
    }

    /**
     * Starts a server that runs applications as processes of this machine.
     *
     * @throws StartException when it can't; then everything is as before
     */
    public static ChangeorderServer start(ServerSettings settings) {
        return start(settings, folder -> processes(folder, settings));
    }

    /** As {@link #start(ServerSettings)}, with another runtime. */
    public static ChangeorderServer start(ServerSettings settings, RuntimeOpener opener) {
        Teardown teardown = new Teardown();
        try {
            settings.listening().requireTls();
            Optional<Authorizer> file = settings.policy().map(PolicyFile::read);
            NodeId node =
                    new NodeId(new UuidV7IdSource(Clock.systemUTC()).next().toString());
            Ground ground = settings.database()
                    .map(database -> shared(settings.data(), database, node, teardown))
                    .orElseGet(() -> own(settings, node, teardown));
            ChangeOrderStore store = ground.store();
            AccessKeys keys = teardown.add(ground.keys(settings.keyFile()));
            settings.listening().requireKeys(keys.areRequired());
            ApplicationRuntime runtime = teardown.add(opener.open(ground.folder()));
            ChangeOrderEngine engine = teardown.add(ChangeOrderEngine.builder()
                    .store(store)
                    .runtime(runtime)
                    .node(node)
                    .authorizer(AccessKeys.authorizer(file))
                    .options(settings.engine())
                    .build());
            RestApi api = RestApi.builder(engine.commands(), engine.queries())
                    .zone(settings.zone())
                    .readiness(() -> whyNotReady(store))
                    .auditOfRefusals(new RecordedRefusals(store, Clock.systemUTC()))
                    .build();
            RestServer rest = teardown.add(listener(api, settings.listening(), keys));
            engine.start();
            rest.start();
            URI address = address(settings.listening(), rest.port());
            teardown.add(EndpointFile.write(ground.folder(), address));
            return new ChangeorderServer(teardown, address, ground.folder(), keys);
        } catch (RuntimeException failed) {
            teardown.close();
            throw translated(failed, settings);
        }
    }

    /** What a node stands on. */
    private record Ground(Path folder, ChangeOrderStore store, Supplier<AccessStore> access) {
        AccessKeys keys(Path keyFile) {
            AccessStore opened = access.get();
            try {
                return AccessKeys.over(opened, keyFile, Clock.systemUTC());
            } catch (RuntimeException failed) {
                opened.close();
                throw failed;
            }
        }
    }

    private static Ground own(ServerSettings settings, NodeId node, Teardown teardown) {
        FolderLock lock = teardown.add(FolderOwnership.acquire(settings.data(), node, settings.takeOver()));
        SharedFolder.refuse(lock.folder());
        NativeFolder.prepare(lock.folder());
        Path folder = lock.folder();
        return new Ground(
                folder, teardown.add(SqliteChangeOrderStore.open(lock)), () -> SqliteAccessStore.open(folder));
    }

    private static Ground shared(Path data, PostgresServer database, NodeId node, Teardown teardown) {
        Path folder = SharedFolder.of(data, database.url());
        PostgresChangeOrderStore store = teardown.add(PostgresChangeOrderStore.open(database, node));
        return new Ground(folder, store, store::access);
    }

    private static ProcessRuntime processes(Path folder, ServerSettings settings) {
        try {
            return ProcessRuntime.in(folder)
                    .packagesFrom(settings.packages().folders())
                    .noPackagesFrom(settings.noPackages())
                    .open();
        } catch (IOException unusable) {
            throw StartException.failed("The processes in " + folder + " can't be looked after: " + unusable, unusable);
        } catch (IllegalStateException lacking) {
            throw StartException.failed(String.valueOf(lacking.getMessage()), lacking);
        }
    }

    private static Optional<String> whyNotReady(ChangeOrderStore store) {
        try {
            store.maintenance();
            return Optional.empty();
        } catch (StoreUnavailableException unavailable) {
            return Optional.of(String.valueOf(unavailable.getMessage()));
        }
    }

    private static RestServer listener(RestApi api, Listening listening, AccessKeys keys) {
        RestServer.Builder builder = RestServer.builder(api)
                .host(listening.host())
                .port(listening.port())
                .anyAddress()
                .authentication(keys.authentication(RequestRate.perSecond(listening.maxRequestsPerSecond())))
                .keysExist(keys::areRequired)
                .ratePerAddress(RequestRate.perSecond(listening.maxRequestsPerSecond()));
        listening.tls().ifPresent(files -> builder.tls(files.certificate(), files.key()));
        return builder.build();
    }

    private static RuntimeException translated(RuntimeException failed, ServerSettings settings) {
        if (failed instanceof PolicyFileException policy) {
            return StartException.usage(String.valueOf(policy.getMessage()), policy);
        }
        if (failed instanceof KeyFileException keyFile) {
            return StartException.failed(String.valueOf(keyFile.getMessage()), keyFile);
        }
        if (failed instanceof StoreUnavailableException store) {
            return StartException.failed(String.valueOf(store.getMessage()), store);
        }
        if (Throwables.getCausalChain(failed).stream().anyMatch(BindException.class::isInstance)) {
            return StartException.failed(
                    "Port " + settings.listening().port() + " of "
                            + settings.listening().host()
                            + " is taken. Choose another with --port, or 0 for any free one.",
                    failed);
        }
        if (failed instanceof UncheckedIOException io) {
            return StartException.failed(String.valueOf(io.getMessage()), io);
        }
        return failed;
    }

    private static URI address(Listening listening, int port) {
        String scheme = listening.tls().isPresent() ? "https" : "http";
        return URI.create(scheme + "://" + listening.nameForClients() + ":" + port);
    }

    /** Who is let in, for people. */
    public String admission() {
        return keys.areRequired()
                ? "every request has to be signed by an access key"
                : "open to everybody on this machine as long as there is no access key";
    }

    /** Where it listens: {@code http://host:port}, or {@code https}. */
    public URI address() {
        return address;
    }

    /** The data folder, as a real path. */
    public Path folder() {
        return folder;
    }

    /** Stops in order; harmless when done again. */
    @Override
    public void close() {
        teardown.close();
    }
}
