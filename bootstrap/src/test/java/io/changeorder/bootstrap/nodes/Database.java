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
    private final Path data;

    Database(Path folder) throws IOException {
        Files.createDirectories(folder);
        data = folder.resolve("data");
        server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    int port() {
        return server.getPort();
    }

    /** The process whose children are all others of the server. */
    long pid() throws IOException {
        return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0));
    }

    /** The only number of the only row. */
    long ask(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(port()), USER, "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
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
