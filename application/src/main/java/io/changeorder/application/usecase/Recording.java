package io.changeorder.application.usecase;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.application.spi.Access;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes the records of one call of a command.
 *
 * @param request who asks, from where
 * @param operation what is asked
 * @param resource on what
 * @param application the application that it is about, where it was found
 * @param order the order that it is about, where it was found
 */
public record Recording(
        Request request,
        Operation operation,
        String resource,
        Optional<ApplicationId> application,
        Optional<ChangeOrderId> order) {

    /** Of a call that is about this. */
    static <T> Recording of(Request request, Operation operation, Subject<T> subject, Optional<T> found) {
        Optional<Access.Resource> resource = found.map(subject.resource());
        return new Recording(
                request,
                operation,
                resource.map(Access.Resource::toString).orElseGet(subject::name),
                resource.map(Access.Resource::application)
                        .filter(id -> !id.equals(Access.Resource.EVERY_APPLICATION))
                        .map(ApplicationId::new),
                found.flatMap(subject.order()));
    }

    /** Of a call that is about everything. */
    public static Recording of(Request request, Operation operation) {
        return of(request, operation, Subject.everything(), Optional.empty());
    }

    AuditEntry accepted(Receipt receipt, Instant at) {
        return about(receipt).accepted(at);
    }

    AuditEntry repeated(Receipt receipt, Instant at) {
        return about(receipt).entry(at, AuditEntry.Outcome.REPEATED, "");
    }

    /** It was carried out. */
    public AuditEntry accepted(Instant at) {
        return entry(at, AuditEntry.Outcome.ACCEPTED, "");
    }

    /** Nothing was done. */
    public AuditEntry refused(Refusal refusal, Instant at) {
        return entry(at, AuditEntry.Outcome.REFUSED, refusal.reason().name());
    }

    private Recording about(Receipt receipt) {
        return new Recording(request, operation, resource, Optional.of(receipt.application()), receipt.order());
    }

    private AuditEntry entry(Instant at, AuditEntry.Outcome outcome, String reason) {
        return new AuditEntry(
                0, at, request.actor(), operation, resource, application, order, request.origin(), outcome, reason);
    }
}
