package io.changeorder.application.usecase.command;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.usecase.Applications;
import io.changeorder.application.usecase.Applications.Located;
import io.changeorder.application.usecase.CommandDesk;
import io.changeorder.application.usecase.CommandDesk.Attempted;
import io.changeorder.application.usecase.CommandDesk.Call;
import io.changeorder.application.usecase.Receipts;
import io.changeorder.application.usecase.Subject;
import io.changeorder.domain.decision.Aborting.Case;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Decision;
import io.changeorder.domain.decision.Occasion;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.decision.RuleBook;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the verbs that end an order have in common. The order of their refusals is that of their rule books. */
@Singleton
public final class AbortDesk {
    private final CommandDesk desk;
    private final ChangeOrderStore store;
    private final Applications applications;

    @Inject
    public AbortDesk(CommandDesk desk, ChangeOrderStore store, Applications applications) {
        this.desk = desk;
        this.store = store;
        this.applications = applications;
    }

    /** Decides what becomes of the named order. */
    interface Verb {
        Decision decide(ApplicationState state, Case named, Occasion occasion);
    }

    /** Carries out a verb on the named order, refusing at once where none is named. */
    Outcome<Receipt> carryOut(
            Request request,
            Operation operation,
            Function<Subject<Located>, Call<Located>> call,
            Optional<ChangeOrderId> named,
            RuleBook<Case> rules,
            Verb verb) {
        if (named.isEmpty()) {
            Refusal missing = rules.judge(new Case(false, true, false, Optional.empty(), Optional.empty()))
                    .orElseThrow();
            return desk.refuse(request, operation, missing);
        }
        return desk.carryOut(
                request,
                call.apply(applications.order(named.get())),
                (found, occasion) -> attempt(found, rules, verb, occasion));
    }

    private Attempted attempt(Optional<Located> located, RuleBook<Case> rules, Verb verb, Occasion occasion) {
        Optional<ChangeOrder> order = located.map(Located::order);
        Optional<ChangeOrder> rollback = order.flatMap(ChangeOrder::undoneBy).flatMap(store::findOrder);
        Case call = new Case(true, true, false, order, rollback);
        return rules.judge(call)
                .map(Attempted::refused)
                .orElseGet(() -> new Attempted(
                        verb.decide(located.orElseThrow().state(), call, occasion),
                        List.of(),
                        accepted -> Receipts.ended(accepted, order.orElseThrow())));
    }
}
