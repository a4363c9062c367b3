package io.changeorder.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.persistence.postgres.PostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL of its own, which keeps what it answered on the disk. */
public final class Database implements AutoCloseable {
    private static final String USER = "postgres";
    static final int MOST_CONNECTIONS = 50;
    private static final String NAME = "postgres";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path data;
    private final EmbeddedPostgres server;

    public Database(Path folder) throws IOException {
        data = Files.createDirectories(folder).resolve("data");
        server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setPGStartupWait(PATIENCE)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", Integer.toString(MOST_CONNECTIONS))
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
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    static String url(int port) {
        return url(port, NAME);
    }

    private static String url(int port, String name) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
    }

    /** What a node is started with. */
    public PostgresServer address() {
        return new PostgresServer(url(port()), USER, "");
    }

    /** Its administrator's. */
    public Connection connect() throws SQLException {
        return connect(NAME);
    }

    /** Its administrator's, to another database of the server. */
    Connection connect(String name) throws SQLException {
        return DriverManager.getConnection(url(port(), name), USER, "");
    }

    /** Restarts the server with {@code pg_ctl -m immediate}, so that it comes back from what is on the disk. */
    void restart() throws IOException, InterruptedException {
        Path program = Path.of(ProcessHandle.of(pid())
                .flatMap(process -> process.info().command())
                .orElseThrow());
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // The server's programs refuse to run as root of the machine.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(
                program.resolveSibling("pg_ctl").toString(),
                "restart",
                "-m",
                "immediate",
                "-w",
                "-D",
                data.toString()));
        // A pipe would be held open by the server that it starts.
        Path said = data.resolveSibling("restart.log");
        Process restarting = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(restarting.waitFor())
                .as("%s: %s", command, Files.readString(said))
                .isZero();
    }

    /** Every connection but the one that does it. */
    void cutConnections() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
