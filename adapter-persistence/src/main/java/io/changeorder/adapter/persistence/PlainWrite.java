package io.changeorder.adapter.persistence;

import io.changeorder.adapter.persistence.sql.GroupWriter;
import io.changeorder.adapter.persistence.sql.SqlRows;
import io.changeorder.adapter.persistence.sql.Statements;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;

/** A write whose answer is what its statements answer, and whose failures are failures. */
record PlainWrite<T>(String subject, Statements statements, SqlRows.Use<T> use) implements GroupWriter.Write<T> {
    @Override
    public Supplier<T> run() throws SQLException {
        T result = use.of(statements);
        return () -> result;
    }

    @Override
    public Optional<T> answerTo(SQLException failure) {
        return Optional.empty();
    }
}
