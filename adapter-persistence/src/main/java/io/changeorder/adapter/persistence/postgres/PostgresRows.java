package io.changeorder.adapter.persistence.postgres;

import io.changeorder.adapter.persistence.sql.OrderRow;
import io.changeorder.adapter.persistence.sql.SqlRows;
import io.changeorder.adapter.persistence.sql.Statements;
import io.changeorder.application.api.query.Page;
import io.changeorder.application.spi.store.ChangeOrderStore.ApplicationQuery;
import io.changeorder.application.spi.store.ChangeOrderStore.OrderQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked of PostgreSQL. */
final class PostgresRows extends SqlRows {
    private final PostgresDatabase database;

    PostgresRows(PostgresDatabase database) {
        this.database = database;
    }

    @Override
    protected <T> T read(Use<T> use) {
        return database.use(use);
    }

    @Override
    public Page<OrderRow> orders(OrderQuery query) {
        return page(
                PostgresSql.listOrders(query),
                OrderRow.COLUMNS,
                OrderRow::of,
                arguments(query),
                query.limit(),
                query.offset());
    }

    @Override
    public Page<String> applications(ApplicationQuery query) {
        return page(
                PostgresSql.listApplications(query),
                1,
                row -> row.getString(1),
                arguments(query),
                query.limit(),
                query.offset());
    }

    /** The total and the rows from one moment, which is one statement. */
    private <T> Page<T> page(
            String sql,
            int columns,
            Statements.Row<T> mapping,
            List<@Nullable Object> condition,
            int limit,
            int offset) {
        List<@Nullable Object> arguments = new ArrayList<>(condition);
        arguments.addAll(condition);
        arguments.add(limit);
        arguments.add(offset);
        List<Counted<T>> rows =
                read(reader -> reader.list(sql, row -> Counted.of(row, columns, mapping), arguments.toArray()));
        return new Page<>(
                rows.stream().flatMap(row -> row.item().stream()).toList(),
                rows.get(0).total());
    }

    private record Counted<T>(Optional<T> item, int total) {
        static <T> Counted<T> of(ResultSet row, int columns, Statements.Row<T> mapping) throws SQLException {
            int total = row.getInt(columns + 1);
            return new Counted<>(row.getString(1) == null ? Optional.empty() : Optional.of(mapping.of(row)), total);
        }
    }
}
