package io.changeorder.bootstrap.server;

import io.changeorder.adapter.persistence.postgres.PostgresServer;
import io.changeorder.application.spi.EngineOptions;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;

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
 */
public record ServerSettings(
        Path data,
        Listening listening,
        ZoneId zone,
        Optional<Path> policy,
        EngineOptions engine,
        boolean takeOver,
        Optional<PostgresServer> database,
        Path keyFile) {
    /** With the key file in the data folder. */
    public ServerSettings(
            Path data,
            Listening listening,
            ZoneId zone,
            Optional<Path> policy,
            EngineOptions engine,
            boolean takeOver,
            Optional<PostgresServer> database) {
        this(data, listening, zone, policy, engine, takeOver, database, usualKeyFile(data));
    }

    /** Where the key file is unless somebody says otherwise. */
    public static Path usualKeyFile(Path data) {
        return data.resolve("access.key");
    }
}
