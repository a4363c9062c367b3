package io.changeorder.bootstrap.server;

import io.changeorder.adapter.persistence.postgres.PostgresServer;
import io.changeorder.application.spi.EngineOptions;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a server is started with.
 *
 * @param data the folder that keeps everything; made if there is none
 * @param listening where, and for whom
 * @param zone in which the times of orders are told
 * @param policy who may do what; everybody everything when absent
 * @param takeOver whether the present owner of the folder is ended
 * @param database shared with other nodes; one in the folder when absent
 * @param keyFile what the secrets of access keys are sealed with; not needed before there is one
 * @param packages where the packages of applications come from
 */
public record ServerSettings(
        Path data,
        Listening listening,
        ZoneId zone,
        Optional<Path> policy,
        EngineOptions engine,
        boolean takeOver,
        Optional<PostgresServer> database,
        Path keyFile,
        Packages packages) {
    /**
     * Where packages come from.
     *
     * @param folders below which they are; anywhere when empty
     * @param secrets files that are none, besides the data folder, the key file and the key of TLS
     */
    public record Packages(List<Path> folders, List<Path> secrets) {
        /** From anywhere on this machine. */
        public static final Packages FROM_ANYWHERE = new Packages(List.of(), List.of());

        public Packages {
            folders = List.copyOf(folders);
            secrets = List.copyOf(secrets);
        }
    }

    /** With the key file in the data folder, and packages from anywhere. */
    public ServerSettings(
            Path data,
            Listening listening,
            ZoneId zone,
            Optional<Path> policy,
            EngineOptions engine,
            boolean takeOver,
            Optional<PostgresServer> database) {
        this(data, listening, zone, policy, engine, takeOver, database, usualKeyFile(data), Packages.FROM_ANYWHERE);
    }

    /** Where the key file is unless somebody says otherwise. */
    public static Path usualKeyFile(Path data) {
        return data.resolve("access.key");
    }

    /** What is never handed to an application as its package. */
    List<Path> noPackages() {
        return Stream.of(
                        packages.secrets().stream(),
                        Stream.of(keyFile),
                        listening.tls().stream().map(Listening.TlsFiles::key))
                .flatMap(files -> files)
                .toList();
    }
}
