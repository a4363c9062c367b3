package io.changeorder.adapter.persistence;

import io.changeorder.adapter.persistence.sql.OrderRow;
import io.changeorder.adapter.persistence.sql.SqlRows;
import io.changeorder.adapter.persistence.sql.Statements;
import io.changeorder.application.api.query.Page;
import io.changeorder.application.spi.store.ChangeOrderStore.ApplicationQuery;
import io.changeorder.application.spi.store.ChangeOrderStore.OrderQuery;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.NodeId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of SQLite. */
final class Queries extends SqlRows {
    private final Readers readers;

    Queries(Readers readers) {
        this.readers = readers;
    }

    @Override
    protected <T> T read(Use<T> use) {
        return readers.read(use);
    }

    @Override
    public Page<OrderRow> orders(OrderQuery query) {
        return page(
                SqliteSql.countOrders(query),
                SqliteSql.listOrders(query),
                OrderRow::of,
                arguments(query),
                query.limit(),
                query.offset());
    }

    @Override
    public Page<String> applications(ApplicationQuery query) {
        return page(
                SqliteSql.countApplications(query),
                SqliteSql.listApplications(query),
                row -> row.getString(1),
                arguments(query),
                query.limit(),
                query.offset());
    }

    /** The total and the rows from one moment. */
    private <T> Page<T> page(
            String count,
            String list,
            Statements.Row<T> mapping,
            List<@Nullable Object> arguments,
            int limit,
            int offset) {
        return read(reader -> {
            reader.execute(SqliteSql.BEGIN_READING);
            try {
                int total = reader.first(count, row -> row.getInt(1), arguments.toArray())
                        .orElse(0);
                arguments.add(limit);
                arguments.add(offset);
                return new Page<>(reader.list(list, mapping, arguments.toArray()), total);
            } finally {
                reader.execute(SqliteSql.ROLLBACK);
            }
        });
    }

    /** Who has what. */
    record Holding(ApplicationId application, NodeId node) {}

    List<Holding> unattended(NodeId node, int limit) {
        return read(reader -> reader.list(
                SqliteSql.FIND_UNATTENDED,
                row -> new Holding(applicationId(row), new NodeId(row.getString(2))),
                node.value(),
                limit));
    }

    List<ApplicationId> attended(NodeId node) {
        return read(reader -> reader.list(SqliteSql.FIND_ATTENDED, Queries::applicationId, node.value()));
    }

    List<String> purgeable(long endedBefore, int limit) {
        return read(reader -> reader.list(SqliteSql.FIND_PURGEABLE, row -> row.getString(1), endedBefore, limit));
    }

    List<Long> oldAudit(long before, int limit) {
        return read(reader -> reader.list(SqliteSql.FIND_OLD_AUDIT, row -> row.getLong(1), before, limit));
    }

    private static ApplicationId applicationId(ResultSet row) throws SQLException {
        return new ApplicationId(row.getString(1));
    }
}
