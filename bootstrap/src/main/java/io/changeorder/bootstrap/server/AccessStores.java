package io.changeorder.bootstrap.server;

import io.changeorder.adapter.persistence.SqliteAccessStore;
import io.changeorder.adapter.persistence.postgres.PostgresAccessStore;
import io.changeorder.adapter.persistence.postgres.PostgresServer;
import io.changeorder.application.spi.access.AccessStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the access keys of a server from outside of it, whether or not it runs. */
public final class AccessStores {
    private AccessStores() {}

    /**
     * Opens them in the database of the server.
     *
     * @param data its folder; made if there is none
     * @param database where it has one outside of its folder
     * @throws StartException when the folder belongs to nodes over a database, and that is not given
     */
    public static AccessStore open(Path data, Optional<PostgresServer> database) {
        if (database.isPresent()) {
            return PostgresAccessStore.open(database.get());
        }
        if (Files.isDirectory(data)) {
            SharedFolder.refuse(data);
        }
        return SqliteAccessStore.open(data);
    }

    /** As {@link #open}, and nothing is made. */
    public static AccessStore openExisting(Path data, Optional<PostgresServer> database) {
        if (database.isPresent()) {
            return PostgresAccessStore.openExisting(database.get());
        }
        if (Files.notExists(SqliteAccessStore.database(data))) {
            if (Files.isDirectory(data)) {
                SharedFolder.refuse(data);
            }
            throw StartException.usage(
                    "There is no database in the data folder " + data + ". Name the folder of the server with --data.");
        }
        return open(data, Optional.empty());
    }
}
