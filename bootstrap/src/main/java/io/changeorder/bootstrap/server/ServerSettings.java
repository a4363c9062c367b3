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
 * @param host a loopback address
 * @param port 0 for any free one
 * @param zone in which the times of orders are told
 * @param policy who may do what; everybody everything when absent
 * @param takeOver whether the present owner of the folder is ended
 * @param database shared with other nodes; one in the folder when absent
 */
public record ServerSettings(
        Path data,
        String host,
        int port,
        ZoneId zone,
        Optional<Path> policy,
        EngineOptions engine,
        boolean takeOver,
        Optional<PostgresServer> database) {}
