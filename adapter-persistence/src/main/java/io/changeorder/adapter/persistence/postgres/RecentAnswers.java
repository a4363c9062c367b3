package io.changeorder.adapter.persistence.postgres;

import com.google.common.collect.MapMaker;
import io.changeorder.adapter.persistence.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * On which connections the server answered a moment ago, so that it need not be asked whether it is still there. Safe
 * from any thread.
 */
final class RecentAnswers {
    private final long momentNanos;
    /** By the driver's own connection, which goes through the hands of a pool again and again. */
    private final Map<PGConnection, Long> answeredAt = new MapMaker().weakKeys().makeMap();

    RecentAnswers(Duration moment) {
        this.momentNanos = moment.toNanos();
    }

    /** Steps that also take note of what is answered on a connection; what is asked and not answered counts as silence. */
    Statements.Steps on(Connection connection, Statements.Steps steps) throws SQLException {
        if (!connection.isWrapperFor(PGConnection.class)) {
            return steps;
        }
        PGConnection own = connection.unwrap(PGConnection.class);
        return new Statements.Steps() {
            @Override
            public void before(String sql) {
                answeredAt.remove(own);
                steps.before(sql);
            }

            @Override
            public void after(String sql) {
                answeredAt.put(own, System.nanoTime());
                steps.after(sql);
            }
        };
    }

    boolean has(Connection connection) throws SQLException {
        if (!connection.isWrapperFor(PGConnection.class)) {
            return false;
        }
        Long at = answeredAt.get(connection.unwrap(PGConnection.class));
        return at != null && System.nanoTime() - at < momentNanos;
    }
}
