package io.changeorder.adapter.persistence;

import io.changeorder.adapter.persistence.sql.GroupWriter;
import io.changeorder.adapter.persistence.sql.Statements;
import java.sql.SQLException;

/** The writing connection's transactions, in files that are still those that it was opened on. */
record SqliteTransactions(Statements statements, DatabaseFiles files) implements GroupWriter.Transactions {
    @Override
    public void begin() throws SQLException {
        files.requireThere();
        statements.update(SqliteSql.BEGIN);
    }

    @Override
    public void commit() throws SQLException {
        statements.update(SqliteSql.COMMIT);
    }

    @Override
    public void rollback() throws SQLException {
        statements.update(SqliteSql.ROLLBACK);
    }
}
