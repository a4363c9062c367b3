package io.changeorder.adapter.persistence.sql;

import com.google.common.base.Strings;
import com.google.common.net.InetAddresses;
import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Origin;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.audit.AuditQuery;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of the audit as rows: columns only, as each may be searched by whoever has the database. */
public final class AuditRows {
    /** What is written; the sequence is the database's. */
    public static final String COLUMNS = "at, actor, operation, resource, application, change_order, request, trace,"
            + " address, secure, outcome, reason";

    private AuditRows() {}

    /** A record in the order of the columns. */
    public static @Nullable Object[] of(AuditEntry entry) {
        Origin origin = entry.origin();
        return new @Nullable Object[] {
            entry.at().toEpochMilli(),
            entry.actor().name(),
            entry.operation().name(),
            entry.resource(),
            entry.application().map(ApplicationId::value).orElse(null),
            entry.order().map(ChangeOrderId::value).orElse(null),
            Strings.emptyToNull(origin.requestId()),
            Strings.emptyToNull(origin.traceId()),
            origin.address().map(InetAddresses::toAddrString).orElse(null),
            origin.secure(),
            entry.outcome().name(),
            entry.reason()
        };
    }

    /** The records that have this in common, the newest first. */
    public static List<AuditEntry> find(Statements reader, AuditQuery query) throws SQLException {
        return reader.list(sql(query.by()), AuditRows::entry, query.id(), query.limit(), query.offset());
    }

    /** Arguments: the id, the limit, the offset. */
    public static String sql(AuditQuery.By by) {
        return "SELECT sequence, " + COLUMNS + " FROM audit WHERE " + column(by)
                + " = ? ORDER BY sequence DESC LIMIT ? OFFSET ?";
    }

    private static String column(AuditQuery.By by) {
        return switch (by) {
            case TRACE -> "trace";
            case REQUEST -> "request";
            case APPLICATION -> "application";
        };
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        Origin origin = new Origin(
                Strings.nullToEmpty(row.getString("request")),
                Strings.nullToEmpty(row.getString("trace")),
                Optional.ofNullable(row.getString("address")).map(InetAddresses::forString),
                row.getBoolean("secure"));
        return new AuditEntry(
                row.getLong("sequence"),
                Instant.ofEpochMilli(row.getLong("at")),
                new Actor(row.getString("actor")),
                Illegible.constant(Operation.class, row.getString("operation")),
                row.getString("resource"),
                Optional.ofNullable(row.getString("application")).map(ApplicationId::new),
                Optional.ofNullable(row.getString("change_order")).map(ChangeOrderId::new),
                origin,
                Illegible.constant(AuditEntry.Outcome.class, row.getString("outcome")),
                row.getString("reason"));
    }
}
