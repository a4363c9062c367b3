package io.changeorder.bootstrap.measure;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** A SQLite database of its own with one row that is updated, and nothing else. */
final class BareCommits implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement update;

    BareCommits(Path file) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, number INTEGER)");
            statement.execute("INSERT INTO one VALUES (1, 0)");
        }
        update = connection.prepareStatement("UPDATE one SET number = number + 1 WHERE id = 1");
    }

    /** How many nanoseconds one took. */
    long commit() throws SQLException {
        long start = System.nanoTime();
        update.executeUpdate();
        return System.nanoTime() - start;
    }

    @Override
    public void close() throws SQLException {
        update.close();
        connection.close();
    }
}
