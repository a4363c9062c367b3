package io.changeorder.application.usecase.command;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.command.RetryChangeOrder;
import io.changeorder.application.usecase.Applications;
import io.changeorder.application.usecase.Applications.Located;
import io.changeorder.application.usecase.CommandDesk;
import io.changeorder.application.usecase.CommandDesk.Attempted;
import io.changeorder.application.usecase.CommandDesk.Call;
import io.changeorder.application.usecase.Receipts;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.decision.Occasion;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.decision.Retrying;
import io.changeorder.domain.order.Change;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.plan.Limits;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Has an order that needs a person try again, with other limits if the person brings some. */
@Singleton
public final class RetryingChangeOrder implements RetryChangeOrder {
    private final CommandDesk desk;
    private final Applications applications;

    @Inject
    public RetryingChangeOrder(CommandDesk desk, Applications applications) {
        this.desk = desk;
        this.applications = applications;
    }

    @Override
    public Outcome<Receipt> handle(Request request, Command command) {
        Call<Located> call =
                Call.of(Operation.RETRY_CHANGE_ORDER, command.toString(), applications.order(command.order()));
        return desk.carryOut(request, call, (found, occasion) -> attempt(found, command, occasion));
    }

    private Attempted attempt(Optional<Located> located, Command command, Occasion occasion) {
        if (located.isEmpty()) {
            return Attempted.refused(Refusal.of(Refusal.Reason.ORDER_NOT_FOUND));
        }
        ChangeOrder order = located.get().order();
        return Retrying.RULES
                .judge(order)
                .or(() -> judgeFloor(order.change(), command))
                .map(Attempted::refused)
                .orElseGet(() -> new Attempted(
                        Retrying.retry(
                                located.get().state(),
                                order,
                                limits -> limits(order.change(), command, limits),
                                occasion),
                        List.of(),
                        accepted -> Receipts.ended(accepted, order)));
    }

    private static Optional<Refusal> judgeFloor(Change change, Command command) {
        return command.floor()
                .filter(floor -> base(change)
                        .filter(settings -> !floor.fits(settings.replicas()))
                        .isPresent())
                .map(floor -> Refusal.of(Refusal.Reason.FLOOR_NOT_BELOW_REPLICAS));
    }

    private static Optional<Settings> base(Change change) {
        return change.after().settingsIfAny().or(() -> change.before().settingsIfAny());
    }

    private static Limits limits(Change change, Command command, Limits present) {
        Optional<Settings> base = base(change);
        if (base.isEmpty() || (command.floor().isEmpty() && command.surge().isEmpty())) {
            return present;
        }
        Settings floored = command.floor().map(base.get()::withFloor).orElse(base.get());
        Settings wanted = command.surge().map(floored::withSurge).orElse(floored);
        int before = change.before().count();
        int after = change.after().count();
        Limits brought =
                change.isRollback() ? Limits.ofRollback(wanted, before, after) : Limits.of(wanted, before, after);
        return new Limits(
                command.floor().isPresent() ? brought.floor() : present.floor(),
                command.surge().isPresent() ? brought.ceiling() : present.ceiling(),
                present.timing());
    }
}
