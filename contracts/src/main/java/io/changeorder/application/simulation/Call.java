package io.changeorder.application.simulation;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.application.fixture.Caller;
import io.changeorder.application.simulation.cluster.Book;
import io.changeorder.application.simulation.cluster.Cluster;
import io.changeorder.application.simulation.cluster.Node;
import io.changeorder.application.simulation.cluster.Words;
import io.changeorder.application.simulation.stage.Figures;
import io.changeorder.application.simulation.stage.Stage;
import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.Input;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What somebody asks, and asks again where no answer came. Each call has an actor of its own, so that the history tells
 * what came of it, and its answer is held against that.
 */
final class Call {
    private static final Duration ON_THE_WAY = Duration.ofMillis(50);
    private static final Duration BEFORE_ASKING_AGAIN = Duration.ofSeconds(10);

    private final Cluster cluster;
    private final Verb verb;
    private final String what;
    private final Function<Caller, Outcome<Receipt>> command;
    private final Actor actor;
    private final boolean repeatable;
    private boolean open = true;
    private int tries;

    Call(Cluster cluster, Verb verb, String what, Function<Caller, Outcome<Receipt>> command) {
        this.cluster = cluster;
        this.verb = verb;
        this.what = what;
        this.command = command;
        this.actor = cluster.newActor();
        this.repeatable = cluster.dice().chance(0.5);
    }

    /** Asks a node that takes commands; where there is none, later. */
    void ask(Duration delay) {
        cluster.stage().enter(delay, () -> {
            List<Node> open = cluster.nodes().stream().filter(Node::isOpen).toList();
            if (open.isEmpty()) {
                ask(BEFORE_ASKING_AGAIN);
            } else {
                Node node = cluster.dice().pick(open);
                node.does(cluster.dice().within(ON_THE_WAY), () -> ask(node), () -> unanswered("its node is gone"));
            }
        });
    }

    private void ask(Node node) {
        Request request = Request.by(actor);
        Caller caller = new Caller(node::commands, repeatable ? request.withToken("token-" + actor) : request);
        long since = cluster.ledger().commits();
        tries++;
        cluster.trace().note(actor + " asks " + node.id() + ": " + what);
        cluster.figures().count(Figures.Kind.COMMANDS);
        try {
            command.apply(caller).match(this::accepted, refusal -> refused(refusal, since));
        } catch (StoreUnavailableException | RuntimeUnavailableException unavailable) {
            unanswered(unavailable.toString());
        } catch (Stage.Gone gone) {
            unanswered("its node is gone");
            throw gone;
        } catch (IllegalStateException closed) {
            law(!node.isOpen(), () -> "was answered with " + closed);
            unanswered("its node was closed");
        } catch (RuntimeException thrown) {
            law(false, () -> "was answered with " + thrown);
        }
    }

    private void unanswered(String why) {
        cluster.trace().note(actor + " gets no answer: " + why);
        cluster.figures().count(Figures.Kind.UNANSWERED);
        open = repeatable && cluster.dice().chance(0.7);
        if (open) {
            ask(cluster.dice().within(BEFORE_ASKING_AGAIN));
        }
    }

    /** Whether an answer is still waited for. */
    boolean isOpen() {
        return open;
    }

    private boolean accepted(Receipt receipt) {
        open = false;
        cluster.trace().note(actor + " is accepted" + (receipt.fenceConfirmed() ? "" : ", fence not confirmed"));
        cluster.figures().count(Figures.Kind.ACCEPTED);
        List<List<Event>> commits = commits().toList();
        law(commits.size() == 1, () -> "was accepted and committed " + commits.size() + " times");
        commits.stream().findFirst().ifPresent(events -> requireKept(receipt, events));
        receipt.order()
                .ifPresent(order -> law(
                        cluster.ledger().store().findOrder(order).isPresent(), () -> order + " is not in the store"));
        return true;
    }

    private void requireKept(Receipt receipt, List<Event> events) {
        law(
                events.stream().anyMatch(event -> verb.isDone(event.what(), receipt.order())),
                () -> "was accepted, but what came of it is " + Words.happened(events));
        Optional<ChangeOrderId> rollback = events.stream()
                .map(Event::what)
                .filter(happening -> verb.ends() && happening instanceof Happening.OrderOpened)
                .map(happening -> ((Happening.OrderOpened) happening).order())
                .findFirst();
        law(
                !verb.ends() || rollback.isEmpty() || receipt.rollback().equals(rollback),
                () -> "was told of rollback " + receipt.rollback() + " where " + rollback + " was opened");
        if (receipt.fenceConfirmed()) {
            events.stream()
                    .map(Event::what)
                    .filter(Happening.FenceGrew.class::isInstance)
                    .map(happening -> ((Happening.FenceGrew) happening).fence())
                    .forEach(fence -> law(
                            cluster.witness().isRaised(receipt.application(), fence),
                            () -> "was told that fence " + fence + " is confirmed, and it is not"));
        }
    }

    private boolean refused(Refusal refusal, long since) {
        open = false;
        cluster.trace().note(actor + " is refused: " + refusal.reason());
        cluster.figures().count(Figures.Kind.REFUSED);
        boolean wasCommitted = refusal.reason() == Refusal.Reason.MAINTENANCE && tries > 1;
        law(wasCommitted || commits().findAny().isEmpty(), () -> "was refused, though it was committed");
        refusal.order()
                .ifPresent(facts -> law(
                        cluster.ledger().books().values().stream()
                                .anyMatch(book -> book.wereTrue(
                                        facts, since, cluster.ledger().commits())),
                        () -> "was told what was never true: " + facts));
        return false;
    }

    /** Nobody brings about more than what was asked for, answered or not. */
    void requireOnce() {
        law(commits().count() <= 1, () -> "was committed more than once");
    }

    private Stream<List<Event>> commits() {
        return cluster.ledger().books().values().stream().flatMap(this::commits);
    }

    /** A confirmation that is refused because the batch before is lost finds out so on the way; that is no answer. */
    private Stream<List<Event>> commits(Book book) {
        return book.doneBy(actor).stream()
                .filter(events -> events.stream()
                        .noneMatch(event -> event.what() instanceof Happening.OrderMoved moved
                                && moved.input() == Input.BATCH_LOST));
    }

    private void law(boolean holds, Supplier<String> otherwise) {
        cluster.trace().require(holds, () -> actor + " (" + what + ") " + otherwise.get());
    }

    /** What can be asked. */
    enum Verb {
        CREATE,
        /** Any verb that opens an order of an application. */
        OPEN,
        ABORT,
        ABORT_AND_ROLL_BACK,
        CONFIRM,
        RETRY;

        boolean ends() {
            return this == ABORT || this == ABORT_AND_ROLL_BACK;
        }

        /** Whether this is what has to be found in the history once it was accepted. */
        boolean isDone(Happening happening, Optional<ChangeOrderId> order) {
            return switch (this) {
                case CREATE -> happening instanceof Happening.ApplicationCreated;
                case OPEN ->
                    happening instanceof Happening.OrderOpened opened && order.equals(Optional.of(opened.order()));
                case ABORT -> moves(happening, Input.ABORT);
                case ABORT_AND_ROLL_BACK -> moves(happening, Input.ABORT) || moves(happening, Input.RETRY);
                case CONFIRM -> moves(happening, Input.NEXT_BATCH);
                case RETRY -> moves(happening, Input.RETRY);
            };
        }

        private static boolean moves(Happening happening, Input input) {
            return happening instanceof Happening.OrderMoved moved && moved.input() == input;
        }
    }
}
