package io.changeorder.adapter.persistence.sql;

import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.audit.AuditQuery;
import io.changeorder.application.spi.store.ChangeOrderStore.ApplicationQuery;
import io.changeorder.application.spi.store.ChangeOrderStore.OrderQuery;
import io.changeorder.application.spi.store.IdempotencyKey;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.revision.RevisionId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked of any database in the same words, one statement each. */
public abstract class SqlRows implements StoredRows {
    /** What is done with a connection. */
    public interface Use<T> {
        T of(Statements statements) throws SQLException;
    }

    /** Sees everything that was committed before it is called. */
    protected abstract <T> T read(Use<T> use);

    /** The arguments of a condition on orders: the application, its types, its statuses, the part of a description. */
    protected static List<@Nullable Object> arguments(OrderQuery query) {
        List<@Nullable Object> arguments = new ArrayList<>();
        arguments.add(query.application().value());
        arguments.addAll(query.types());
        arguments.addAll(query.statuses());
        if (!query.descriptionPart().isEmpty()) {
            arguments.add(query.descriptionPart());
        }
        return arguments;
    }

    /** The arguments of a condition on applications: the namespace and the part of a name, where there are any. */
    protected static List<@Nullable Object> arguments(ApplicationQuery query) {
        List<@Nullable Object> arguments = new ArrayList<>();
        if (!query.namespace().isEmpty()) {
            arguments.add(query.namespace());
        }
        if (!query.namePart().isEmpty()) {
            arguments.add(query.namePart());
        }
        return arguments;
    }

    @Override
    public Optional<ApplicationRow> application(ApplicationId id) {
        return read(reader -> reader.first(
                Selects.FIND_APPLICATION,
                row -> new ApplicationRow(
                        row.getString(OrderRow.COLUMNS + 1),
                        row.getString(1) == null ? Optional.empty() : Optional.of(OrderRow.of(row))),
                id.value()));
    }

    @Override
    public Optional<OrderRow> order(ChangeOrderId id) {
        return read(reader -> reader.first(Selects.FIND_ORDER, OrderRow::of, id.value()));
    }

    @Override
    public Optional<OrderRow> orderOfBatch(BatchId id) {
        return read(reader -> reader.first(Selects.FIND_ORDER_OF_BATCH, OrderRow::of, id.value()));
    }

    @Override
    public Optional<String> version(ApplicationId application, RevisionId id) {
        return read(
                reader -> reader.first(Selects.FIND_VERSION, row -> row.getString(1), application.value(), id.value()));
    }

    @Override
    public List<String> versions(ApplicationId application) {
        return read(reader -> reader.list(Selects.LIST_VERSIONS, row -> row.getString(1), application.value()));
    }

    @Override
    public Optional<String> answer(IdempotencyKey key, Instant notBefore) {
        return read(reader -> reader.first(
                Selects.FIND_ANSWER,
                row -> row.getString(1),
                key.actor().name(),
                key.operation().name(),
                key.token(),
                notBefore.toEpochMilli()));
    }

    @Override
    public List<String> history(ApplicationId application, long from, int limit) {
        return read(reader -> reader.list(Selects.HISTORY, row -> row.getString(1), application.value(), from, limit));
    }

    @Override
    public List<AuditEntry> audit(AuditQuery query) {
        return read(reader -> AuditRows.find(reader, query));
    }

    @Override
    public Optional<String> maintenance() {
        return read(reader -> reader.first(Selects.FIND_MAINTENANCE, row -> row.getString(1)));
    }
}
