package io.changeorder.bootstrap.command.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.net.InetAddresses;
import io.changeorder.adapter.persistence.SqliteAuditTrail;
import io.changeorder.adapter.persistence.postgres.PostgresAuditTrail;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.audit.AuditQuery;
import io.changeorder.bootstrap.command.DataFolder;
import io.changeorder.bootstrap.command.ExitCode;
import io.changeorder.bootstrap.terminal.Table;
import io.changeorder.bootstrap.terminal.Terminal;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Tell who commanded what, from where, and what became of it: what every answer's TraceId or"
                + " RequestId leads to. Reads the data folder or the --store itself, whether or not a server runs.",
        exitCodeList = {
            " 0: done, also where nothing is on record",
            " 1: the records can't be read; standard error says what to do",
            " 2: the command line can't be understood"
        })
public final class AuditCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataFolder data = new DataFolder();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @ArgGroup(multiplicity = "1")
    private Wanted wanted = new Wanted();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "The newest so many; 100 by default.")
    private int limit;

    @Option(names = "--json", description = "Print the records as JSON.")
    private boolean json;

    /** One of these. */
    static final class Wanted {
        @Option(names = "--trace", paramLabel = "ID", description = "What came of the request with this TraceId.")
        private String trace = "";

        @Option(names = "--request", paramLabel = "ID", description = "The request with this RequestId.")
        private String request = "";

        @Option(names = "--app", paramLabel = "ID", description = "What was commanded of the application with this id.")
        private String app = "";

        AuditQuery query(int limit) {
            if (!trace.isEmpty()) {
                return new AuditQuery(AuditQuery.By.TRACE, trace.toLowerCase(Locale.ROOT), 0, limit);
            }
            return request.isEmpty()
                    ? new AuditQuery(AuditQuery.By.APPLICATION, app, 0, limit)
                    : new AuditQuery(AuditQuery.By.REQUEST, request.toUpperCase(Locale.ROOT), 0, limit);
        }
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit is 1 or more");
        }
        List<AuditEntry> found = new ArrayList<>(find(wanted.query(limit)));
        Collections.reverse(found);
        Terminal.of(spec.commandLine().getOut())
                .lines(json ? json(found).toPrettyString() : table(found).toString());
        return ExitCode.DONE;
    }

    private List<AuditEntry> find(AuditQuery query) {
        return store.database()
                .map(database -> new PostgresAuditTrail(database).find(query))
                .orElseGet(() -> new SqliteAuditTrail(data.path()).find(query));
    }

    private static Table table(List<AuditEntry> entries) {
        Table table = new Table("TIME", "WHO", "WHAT", "ON", "FROM", "OUTCOME", "REQUEST", "TRACE");
        entries.forEach(entry -> table.add(
                entry.at().toString(),
                entry.actor().name(),
                entry.operation().wireName(),
                on(entry),
                from(entry),
                outcome(entry),
                entry.origin().requestId(),
                entry.origin().traceId()));
        return table;
    }

    private static String on(AuditEntry entry) {
        return entry.order()
                .map(order -> entry.resource() + " (order " + order + ")")
                .orElse(entry.resource());
    }

    private static String from(AuditEntry entry) {
        String address =
                entry.origin().address().map(InetAddresses::toAddrString).orElse("-");
        return entry.origin().secure() ? address + " by TLS" : address;
    }

    private static String outcome(AuditEntry entry) {
        String outcome = entry.outcome().name().toLowerCase(Locale.ROOT);
        return entry.reason().isEmpty() ? outcome : outcome + ": " + entry.reason();
    }

    private static ArrayNode json(List<AuditEntry> entries) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (AuditEntry entry : entries) {
            ObjectNode row = array.addObject()
                    .put("Sequence", entry.sequence())
                    .put("Time", entry.at().toEpochMilli())
                    .put("Actor", entry.actor().name())
                    .put("Operation", entry.operation().wireName())
                    .put("Resource", entry.resource());
            entry.application().map(ApplicationId::value).ifPresent(id -> row.put("AppId", id));
            entry.order().map(ChangeOrderId::value).ifPresent(id -> row.put("ChangeOrderId", id));
            entry.origin().address().map(InetAddresses::toAddrString).ifPresent(from -> row.put("Address", from));
            row.put("Secure", entry.origin().secure())
                    .put("Outcome", entry.outcome().name())
                    .put("Reason", entry.reason())
                    .put("RequestId", entry.origin().requestId())
                    .put("TraceId", entry.origin().traceId());
        }
        return array;
    }
}
