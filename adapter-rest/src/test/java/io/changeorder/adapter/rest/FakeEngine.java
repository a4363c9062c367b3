package io.changeorder.adapter.rest;

import io.changeorder.application.api.Maintenance;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.command.Commands;
import io.changeorder.application.api.query.Page;
import io.changeorder.application.api.query.Queries;
import io.changeorder.application.api.query.Views.ApplicationView;
import io.changeorder.application.api.query.Views.BatchView;
import io.changeorder.application.api.query.Views.OrderView;
import io.changeorder.application.fake.SettableClock;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.plan.Instance;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Takes down what it is asked and answers what it was told to. */
final class FakeEngine {
    static final ApplicationId APP = new ApplicationId("app-1");
    static final ChangeOrderId ORDER = new ChangeOrderId("co-1");
    static final ChangeOrderId ROLLBACK = new ChangeOrderId("co-2");
    static final Receipt RECEIPT = new Receipt(APP, Optional.of(ORDER), Optional.empty(), Optional.empty(), true);

    /** One thing that was asked. */
    record Asked(Request request, Object command) {}

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private Supplier<Outcome<Receipt>> receipt = () -> Outcome.accepted(RECEIPT);
    private Optional<Refusal> refusal = Optional.empty();
    private ChangeOrder order = OrderBuilder.aRunningOrder("co-1", APP).build();
    private Application application = Application.fresh(APP, "hello", "ns", SettableClock.START);
    private List<Instance> instances = List.of();
    private List<Version> versions = List.of(version());
    private boolean observed = true;

    static Version version() {
        return Version.of(APP, OrderBuilder.BEFORE, Settings.of(4), SettableClock.START);
    }

    FakeEngine answers(Receipt newReceipt) {
        receipt = () -> Outcome.accepted(newReceipt);
        return this;
    }

    FakeEngine refuses(Refusal newRefusal) {
        refusal = Optional.of(newRefusal);
        return this;
    }

    FakeEngine fails(Supplier<RuntimeException> exception) {
        receipt = () -> {
            throw exception.get();
        };
        return this;
    }

    FakeEngine runs(Runnable first) {
        receipt = () -> {
            first.run();
            return Outcome.accepted(RECEIPT);
        };
        return this;
    }

    FakeEngine has(ChangeOrder newOrder) {
        order = newOrder;
        return this;
    }

    FakeEngine has(Application newApplication) {
        application = newApplication;
        return this;
    }

    FakeEngine has(Version... newVersions) {
        versions = List.of(newVersions);
        return this;
    }

    FakeEngine has(Instance... newInstances) {
        instances = List.of(newInstances);
        return this;
    }

    FakeEngine cannotBeObserved() {
        observed = false;
        return this;
    }

    List<Asked> asked() {
        return asked;
    }

    /** What was asked last, as what it must have been. */
    <T> T lastAs(Class<T> type) {
        return type.cast(asked.get(asked.size() - 1).command());
    }

    Request lastRequest() {
        return asked.get(asked.size() - 1).request();
    }

    RestApi api() {
        return RestApi.builder(commands(), queries()).clock(new SettableClock()).build();
    }

    Commands commands() {
        return new Commands(
                this::command,
                this::command,
                this::command,
                this::command,
                this::command,
                this::command,
                this::command,
                this::command,
                this::command,
                this::command,
                this::command,
                this::command,
                (request, command) -> tell(
                        request,
                        command,
                        new Maintenance(command.length().map(SettableClock.START::plus), request.actor())));
    }

    Queries queries() {
        return new Queries(
                (request, query) -> tell(request, query, new OrderView(order, application)),
                (request, query) -> tell(request, query, new Page<>(List.of(order), 41)),
                (request, query) -> tell(request, query, new BatchView(order, 0, instances)),
                (request, query) -> tell(request, query, view()),
                (request, query) -> tell(request, query, new Page<>(List.of(view()), 1)),
                (request, query) -> tell(request, query, versions),
                request -> tell(request, "DescribeMaintenance", Maintenance.OFF));
    }

    private ApplicationView view() {
        return new ApplicationView(
                application, versions.stream().findFirst(), Optional.of(order), instances, observed, (int)
                        instances.stream()
                                .filter(instance -> instance.readySince().isPresent())
                                .count());
    }

    private Outcome<Receipt> command(Request request, Object command) {
        asked.add(new Asked(request, command));
        return refusal.<Outcome<Receipt>>map(Outcome::refused).orElseGet(receipt);
    }

    private <T> Outcome<T> tell(Request request, Object query, T answer) {
        asked.add(new Asked(request, query));
        return refusal.<Outcome<T>>map(Outcome::refused).orElseGet(() -> Outcome.accepted(answer));
    }
}
