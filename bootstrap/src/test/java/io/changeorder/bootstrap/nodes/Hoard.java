package io.changeorder.bootstrap.nodes;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Every connection that a database server has, also those that were somebody's, until it is closed. */
final class Hoard implements AutoCloseable {
    private static final String ELSEWHERE = "template1";
    private static final String NO_CONNECTION_LEFT = "53300";

    private final List<Connection> taken = new ArrayList<>();

    Hoard(Database database) throws SQLException {
        taken.add(database.connect(ELSEWHERE));
        try (Statement statement = taken.get(0).createStatement()) {
            while (taken.size() < Database.MOST_CONNECTIONS) {
                statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type ="
                        + " 'client backend' AND datname IS DISTINCT FROM '" + ELSEWHERE + "'");
                takeOneMore(database);
            }
        }
    }

    int size() {
        return taken.size();
    }

    private void takeOneMore(Database database) throws SQLException {
        try {
            taken.add(database.connect(ELSEWHERE));
        } catch (SQLException failed) {
            if (!NO_CONNECTION_LEFT.equals(failed.getSQLState())) {
                throw failed;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection each : taken) {
            each.close();
        }
    }
}
