package io.changeorder.adapter.persistence.sql;

import io.changeorder.application.api.query.Page;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.audit.AuditQuery;
import io.changeorder.application.spi.store.ChangeOrderStore.ApplicationQuery;
import io.changeorder.application.spi.store.ChangeOrderStore.OrderQuery;
import io.changeorder.application.spi.store.IdempotencyKey;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.revision.RevisionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a database has, each answer as of one moment; texts are documents. */
interface StoredRows {
    Optional<ApplicationRow> application(ApplicationId id);

    Optional<OrderRow> order(ChangeOrderId id);

    Optional<OrderRow> orderOfBatch(BatchId id);

    Optional<String> version(ApplicationId application, RevisionId id);

    List<String> versions(ApplicationId application);

    Optional<String> answer(IdempotencyKey key, Instant notBefore);

    Page<OrderRow> orders(OrderQuery query);

    Page<String> applications(ApplicationQuery query);

    List<String> history(ApplicationId application, long from, int limit);

    List<AuditEntry> audit(AuditQuery query);

    Optional<String> maintenance();
}
