package io.changeorder.adapter.persistence.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection and the statements that were prepared on it, which stay open. For one thread at a time. */
public final class Statements implements AutoCloseable {
    private final Connection connection;
    private final Steps steps;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    public Statements(Connection connection, Steps steps) {
        this.connection = connection;
        this.steps = steps;
    }

    /** Where tests hold a connection, to see what is left when the store ends or freezes there. */
    @FunctionalInterface
    public interface Steps {
        Steps UNWATCHED = sql -> {};

        /** Right before a statement is run, on the thread that runs it. */
        void before(String sql);

        /** Right after it was run and nothing failed. */
        default void after(String sql) {}
    }

    /** Makes an object of the present row; columns count from 1. */
    public interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    public int update(String sql, @Nullable Object... arguments) throws SQLException {
        return run(sql, PreparedStatement::executeUpdate, arguments);
    }

    public <T> List<T> list(String sql, Row<T> mapping, @Nullable Object... arguments) throws SQLException {
        return run(
                sql,
                statement -> {
                    try (ResultSet rows = statement.executeQuery()) {
                        List<T> all = new ArrayList<>();
                        while (rows.next()) {
                            all.add(mapping.of(rows));
                        }
                        return all;
                    }
                },
                arguments);
    }

    public <T> Optional<T> first(String sql, Row<T> mapping, @Nullable Object... arguments) throws SQLException {
        return run(
                sql,
                statement -> {
                    try (ResultSet rows = statement.executeQuery()) {
                        return rows.next() ? Optional.of(mapping.of(rows)) : Optional.empty();
                    }
                },
                arguments);
    }

    /** For what changes the connection itself. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(String sql, Use<T> use, @Nullable Object... arguments) throws SQLException {
        steps.before(sql);
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        try {
            for (int index = 0; index < arguments.length; index++) {
                statement.setObject(index + 1, arguments[index]);
            }
            T result = use.of(statement);
            steps.after(sql);
            return result;
        } catch (SQLException failed) {
            // The driver closes a statement that failed in some ways, without saying so.
            prepared.remove(sql);
            statement.close();
            throw failed;
        }
    }
}
