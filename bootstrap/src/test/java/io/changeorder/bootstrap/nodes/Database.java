package io.changeorder.bootstrap.nodes;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL of its own, which keeps what it answered on the disk. */
final class Database implements AutoCloseable {
    static final String USER = "postgres";

    private final EmbeddedPostgres server;

    Database(Path folder) throws IOException {
        Files.createDirectories(folder);
        server = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    int port() {
        return server.getPort();
    }

    static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /**
     * A process of the server is killed, so that it breaks every connection, comes back from what is on the disk and goes
     * on: as when it is restarted at once.
     */
    void crash() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(port()), USER, "");
                Statement statement = connection.createStatement();
                ResultSet own = statement.executeQuery("SELECT pg_backend_pid()")) {
            own.next();
            ProcessHandle backend = ProcessHandle.of(own.getLong(1)).orElseThrow();
            backend.destroyForcibly();
            backend.onExit().join();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
