package io.changeorder.application.simulation;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.command.CreateApplication;
import io.changeorder.application.fixture.Caller;
import io.changeorder.application.simulation.Call.Verb;
import io.changeorder.application.simulation.cluster.Book;
import io.changeorder.application.simulation.cluster.Cluster;
import io.changeorder.application.simulation.cluster.Words;
import io.changeorder.application.simulation.stage.Dice;
import io.changeorder.domain.app.ReadyFloor;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Surge;
import io.changeorder.domain.app.Timing;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Orders changes of one application, more often sensible ones than not, and sometimes several at once. */
final class Operator {
    private static final Duration USUAL_WAIT = Duration.ofSeconds(20);
    private static final int MOST_AT_ONCE = 3;

    private final Cluster cluster;
    private final String name;
    private final List<Call> calls = new ArrayList<>();
    private int left;

    Operator(Cluster cluster, String name, int commands) {
        this.cluster = cluster;
        this.name = name;
        this.left = commands;
    }

    boolean isDone() {
        return left == 0;
    }

    /** Whether everybody has an answer, or has given up on one. */
    boolean isAnswered() {
        return calls.stream().noneMatch(Call::isOpen);
    }

    List<Call> calls() {
        return calls;
    }

    void begin() {
        cluster.stage().enter(dice().around(USUAL_WAIT), this::goOn);
    }

    private void goOn() {
        int atOnce = dice().chance(0.2) ? dice().between(1, MOST_AT_ONCE) : 1;
        for (int i = 0; i < atOnce; i++) {
            ask();
        }
        left--;
        if (left > 0) {
            cluster.stage().enter(dice().around(USUAL_WAIT.multipliedBy(dice().chance(0.1) ? 10 : 1)), this::goOn);
        }
    }

    private void ask() {
        Optional<Book> book = cluster.ledger().book(name);
        if (book.isEmpty()) {
            create();
            return;
        }
        Optional<ChangeOrder> live = book.get().live();
        if (live.isPresent() && dice().chance(0.9)) {
            toOrder(live.get());
        } else if (dice().chance(0.1) && !book.get().orders().isEmpty()) {
            toOrder(dice().pick(List.copyOf(book.get().orders().values())));
        } else {
            open(book.get());
        }
    }

    /** Does something about an order that waits for a person; in the end ends it. */
    void attend(ChangeOrder order, boolean patient) {
        String named = Words.of(order.id());
        if (!patient) {
            ask(Verb.ABORT, "give up " + named, caller -> caller.abort(order.id()));
        } else if (order.attention().isPresent()) {
            ask(Verb.RETRY, "retry " + named, caller -> caller.retry(order.id()));
        } else {
            confirm(order, named);
        }
    }

    private void confirm(ChangeOrder order, String named) {
        order.progress()
                .currentBatch()
                .ifPresent(batch -> ask(Verb.CONFIRM, "confirm " + named, caller -> caller.confirm(batch.id(), true)));
    }

    private void create() {
        Revision revision = revision();
        Settings settings = settings(dice().between(1, 6));
        boolean deploy = dice().chance(0.95);
        ask(
                Verb.CREATE,
                "create " + name + " of " + settings.replicas(),
                caller -> caller.create(
                        new CreateApplication.Command(name, "", revision, settings, deploy, "as ordered")));
    }

    private void open(Book book) {
        ApplicationId id = book.application().id();
        boolean stopped = !book.application().settled().isRunning();
        int choice = dice().upTo(99);
        if (choice < (stopped ? 15 : 5)) {
            ask(Verb.OPEN, "start", caller -> caller.start(id));
        } else if (choice < 45) {
            deploy(book, id);
        } else if (choice < 60) {
            int replicas = dice().between(1, 6);
            ask(Verb.OPEN, "rescale to " + replicas, caller -> caller.rescale(id, replicas));
        } else if (choice < 72) {
            ask(Verb.OPEN, "restart", caller -> caller.restart(id));
        } else if (choice < 80) {
            ask(Verb.OPEN, "stop", caller -> caller.stop(id));
        } else if (choice < 84) {
            ask(Verb.OPEN, "delete", caller -> caller.delete(id));
        } else {
            Revision version = book.application().touched() || dice().chance(0.5) ? settledOr(book) : revision();
            ask(Verb.OPEN, "roll back to " + version.versionLabel(), caller -> caller.rollBack(id, version.id()));
        }
    }

    private Revision settledOr(Book book) {
        return book.application()
                .settled()
                .revisionIfAny()
                .flatMap(id -> cluster.revisions().stream()
                        .filter(revision -> revision.id().equals(id))
                        .findFirst())
                .orElseGet(this::revision);
    }

    private void deploy(Book book, ApplicationId id) {
        Revision revision = revision();
        Settings settings = settings(dice().between(1, 6));
        boolean start = book.application().settled().isRunning() || dice().chance(0.8);
        ask(
                Verb.OPEN,
                "deploy " + revision.versionLabel() + " in "
                        + settings.strategy().batches() + "+"
                        + settings.strategy().gray() + " to " + settings.replicas(),
                caller -> caller.deploy(id, revision, any -> settings, start, false));
    }

    private void toOrder(ChangeOrder order) {
        boolean waits = order.status() == Status.AWAITING_CONFIRMATION;
        int choice = dice().upTo(99);
        String named = Words.of(order.id());
        if (waits && choice < 42) {
            confirm(order, named);
        } else if (waits && choice < 50) {
            BatchId batch = order.progress().currentBatch().orElseThrow().id();
            ask(Verb.ABORT, "reject " + named, caller -> caller.confirm(batch, false));
        } else if (order.attention().isPresent() && choice < 50) {
            retry(order, named);
        } else if (choice < 62) {
            ask(Verb.ABORT, "abort " + named, caller -> caller.abort(order.id()));
        } else if (choice < 70) {
            ask(Verb.ABORT, "abort with rollback " + named, caller -> caller.abort(Optional.of(order.id()), true));
        } else if (choice < 92) {
            ask(Verb.ABORT_AND_ROLL_BACK, "take back " + named, caller -> caller.abortAndRollBack(order.id()));
        } else {
            retry(order, named);
        }
    }

    private void retry(ChangeOrder order, String named) {
        Optional<ReadyFloor> floor = dice().chance(0.3) ? Optional.of(ReadyFloor.of(dice().upTo(2))) : Optional.empty();
        Optional<Surge> surge = dice().chance(0.3) ? Optional.of(Surge.of(dice().upTo(3))) : Optional.empty();
        ask(Verb.RETRY, "retry " + named, caller -> caller.retry(order.id(), floor, surge));
    }

    private void ask(Verb verb, String what, Function<Caller, Outcome<Receipt>> command) {
        Call call = new Call(cluster, verb, what + " of " + name, command);
        calls.add(call);
        call.ask(Duration.ZERO);
    }

    private Settings settings(int replicas) {
        Timing timing = new Timing(
                dice().pick(List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(5))),
                Duration.ofSeconds(dice().between(20, 200)),
                Duration.ofMinutes(dice().between(1, 30)));
        ReadyFloor floor = dice().chance(0.5) ? ReadyFloor.DEFAULT : ReadyFloor.of(dice().upTo(replicas - 1));
        Surge surge = dice().chance(0.5) ? Surge.DEFAULT : Surge.of(dice().upTo(2));
        return Settings.of(replicas)
                .withStrategy(strategy(replicas))
                .withTiming(timing)
                .withFloor(floor)
                .withSurge(surge);
    }

    private UpdateStrategy strategy(int replicas) {
        int gray = replicas > 1 && dice().chance(0.2) ? dice().between(1, replicas / 2) : 0;
        int batches = dice().between(1, replicas - gray);
        boolean manual = dice().chance(0.5);
        return UpdateStrategy.canary(
                gray,
                batches,
                manual ? UpdateStrategy.Release.MANUAL : UpdateStrategy.Release.AUTO,
                dice().within(Duration.ofSeconds(30)));
    }

    private Revision revision() {
        return dice().pick(cluster.revisions());
    }

    private Dice dice() {
        return cluster.dice();
    }
}
