package io.changeorder.adapter.persistence.postgres;

import io.changeorder.application.fixture.OrderBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The one server of all tests, and databases in it. A server of its own that is as safe as a real one, or the one that
 * CHANGEORDER_TEST_PG names: a JDBC address without a database, as a superuser.
 */
final class Server {
    private static final Map<String, String> ENVIRONMENT = System.getenv();
    private static final String GIVEN = ENVIRONMENT.getOrDefault("CHANGEORDER_TEST_PG", "");
    private static final String USER = ENVIRONMENT.getOrDefault("CHANGEORDER_TEST_PG_USER", "postgres");
    private static final String PASSWORD = ENVIRONMENT.getOrDefault("CHANGEORDER_TEST_PG_PASSWORD", "");
    private static final int GATE = 42;

    private static final Queue<PostgresServer> FREE = new ConcurrentLinkedQueue<>();
    private static final Queue<String> MADE = new ConcurrentLinkedQueue<>();

    private Server() {}

    /** Started when it is first needed, ends with the JVM. */
    private static final class Started {
        private static final String ADDRESS = GIVEN.isEmpty() ? embedded() : given();
        private static final String TEMPLATE = migrated(ADDRESS);

        /** Somebody's, who finds it again as it was. */
        private static String given() {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> MADE.forEach(Server::drop)));
            return GIVEN;
        }

        private static String embedded() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("max_connections", "100")
                        .start();
                return "jdbc:postgresql://localhost:" + server.getPort() + "/";
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        /** Flyway would take most of a test's time; with places where a commit can be held, and refused. */
        private static String migrated(String address) {
            String template = name();
            run(address + "postgres", "CREATE DATABASE " + template);
            PostgresServer server = new PostgresServer(address + template, USER, PASSWORD);
            PostgresChangeOrderStore.open(server, OrderBuilder.NODE).close();
            run(
                    address + template,
                    "CREATE FUNCTION test_gate() RETURNS trigger LANGUAGE plpgsql AS"
                            + " $$ BEGIN PERFORM pg_advisory_xact_lock_shared(" + GATE + "); RETURN NULL; END $$",
                    "CREATE CONSTRAINT TRIGGER test_gate AFTER INSERT OR UPDATE ON application"
                            + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION test_gate()",
                    "CREATE FUNCTION test_full() RETURNS trigger LANGUAGE plpgsql AS"
                            + " $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$");
            return template;
        }
    }

    private static String name() {
        String name =
                "changeorder_" + UUID.randomUUID().toString().replace("-", "").toLowerCase(Locale.ROOT);
        MADE.add(name);
        return name;
    }

    /** A database of its own, which has the schema and nothing in it. */
    static PostgresServer newDatabase() {
        PostgresServer free = FREE.poll();
        return free == null ? newDatabase(" TEMPLATE " + Started.TEMPLATE) : free;
    }

    /** A database of its own, with no schema. */
    static PostgresServer newEmptyDatabase() {
        return newDatabase("");
    }

    private static PostgresServer newDatabase(String template) {
        String name = name();
        runAsAdministrator("CREATE DATABASE " + name + template);
        return new PostgresServer(Started.ADDRESS + name, USER, PASSWORD);
    }

    /** Making and dropping a database takes longer than most tests. */
    static void giveBack(PostgresServer database) {
        makeRoom(database, "event", "access_key", "nonce");
        run(
                database,
                "DELETE FROM application; DELETE FROM change_order; DELETE FROM unreadable_order; DELETE FROM batch;"
                        + " DELETE FROM event; DELETE FROM version; DELETE FROM answer; DELETE FROM node;"
                        + " DELETE FROM maintenance; DELETE FROM access_key; DELETE FROM nonce; DELETE FROM audit");
        FREE.add(database);
    }

    /** Tables without room: a full disk would be that of all tests, and of everything else. */
    static void fill(PostgresServer database, String... tables) {
        for (String table : tables) {
            run(
                    database,
                    "CREATE TRIGGER test_full BEFORE INSERT OR UPDATE ON " + table
                            + " FOR EACH ROW EXECUTE FUNCTION test_full()");
        }
    }

    static void makeRoom(PostgresServer database, String... tables) {
        for (String table : tables) {
            run(database, "DROP TRIGGER IF EXISTS test_full ON " + table);
        }
    }

    static void drop(PostgresServer database) {
        drop(nameOf(database));
    }

    private static void drop(String name) {
        runAsAdministrator("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    static String nameOf(PostgresServer database) {
        return database.url().substring(Started.ADDRESS.length()).replaceAll("\\?.*", "");
    }

    static void runAsAdministrator(String... statements) {
        run(Started.ADDRESS + "postgres", statements);
    }

    static List<String> askAsAdministrator(String query) {
        return ask(Started.ADDRESS + "postgres", query);
    }

    static void run(PostgresServer database, String... statements) {
        run(database.url(), statements);
    }

    static List<String> ask(PostgresServer database, String query) {
        return ask(database.url(), query);
    }

    /** The first column. */
    private static List<String> ask(String url, String query) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void run(String url, String... statements) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, USER, PASSWORD);
    }

    /** The place at the end of a commit, where everything of it is written and it is not over, is shut until it is closed. */
    static Gate shutGate(PostgresServer database) throws SQLException {
        Connection connection = connect(database.url());
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + GATE + ")");
        }
        return new Gate(connection);
    }

    record Gate(Connection connection) implements AutoCloseable {
        /** The server's processes that stand there. */
        List<Integer> waiting() {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database ="
                                    + " (SELECT oid FROM pg_database WHERE datname = current_database())")) {
                List<Integer> waiting = new ArrayList<>();
                while (rows.next()) {
                    waiting.add(rows.getInt(1));
                }
                return waiting;
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
