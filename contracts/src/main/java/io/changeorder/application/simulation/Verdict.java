package io.changeorder.application.simulation;

import io.changeorder.application.simulation.cluster.Book;
import io.changeorder.application.simulation.cluster.Cluster;
import io.changeorder.application.simulation.cluster.Words;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.ChangeOrderStore.OrderQuery;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.HistoryFold;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What must hold when everything has come to its end. */
final class Verdict {
    private static final int ALL = 10_000;

    private final Cluster cluster;
    private final List<Operator> operators;

    Verdict(Cluster cluster, List<Operator> operators) {
        this.cluster = cluster;
        this.operators = operators;
    }

    void pronounce() {
        operators.stream().flatMap(operator -> operator.calls().stream()).forEach(Call::requireOnce);
        cluster.ledger().books().forEach((id, book) -> {
            law(
                    id,
                    book.live().isEmpty(),
                    () -> "nobody could end " + book.live().orElseThrow());
            requireKept(id, book);
            requireFold(id);
            requireWorld(id, book.application());
        });
    }

    private void law(ApplicationId id, boolean holds, Supplier<String> otherwise) {
        cluster.trace().require(holds, () -> Words.of(id) + ": " + otherwise.get());
    }

    /** Nothing that was answered for is lost or changed. */
    private void requireKept(ApplicationId id, Book book) {
        law(
                id,
                store().findApplication(id).map(ApplicationState::application).equals(Optional.of(book.application())),
                () -> "the store has another application than was committed");
        Map<ChangeOrderId, ChangeOrder> kept =
                orders(id).stream().collect(Collectors.toMap(ChangeOrder::id, order -> order));
        law(id, kept.equals(book.orders()), () -> "the store has other orders than were committed");
    }

    private void requireFold(ApplicationId id) {
        Map<ChangeOrderId, HistoryFold.OrderPresent> present = new TreeMap<>();
        orders(id)
                .forEach(order -> present.put(
                        order.id(),
                        new HistoryFold.OrderPresent(
                                order.status(), order.progress().current(), order.attention())));
        HistoryFold.Present folded = HistoryFold.fold(store().history(id, 1, Integer.MAX_VALUE));
        HistoryFold.Present is =
                HistoryFold.Present.of(store().findApplication(id).orElseThrow().application(), present);
        law(id, folded.equals(is), () -> "the history folds to " + folded + " and not to " + is);
    }

    /** The world is what was intended; and what was settled, unless an order that did not succeed touched it since. */
    private void requireWorld(ApplicationId id, Application application) {
        Composition there = cluster.witness().composition(id);
        law(
                id,
                there.equals(application.intended()),
                () -> "there is " + there + " where " + application.intended() + " was intended");
        boolean asSettled = application
                .settled()
                .revisionIfAny()
                .filter(revision -> application.settled().isRunning())
                .map(revision -> there.count(revision) == application.settled().count()
                        && there.total() == application.settled().count())
                .orElse(there.isEmpty());
        law(
                id,
                application.touched() || asSettled,
                () -> "there is " + there + " where " + application.settled() + " is settled");
    }

    private List<ChangeOrder> orders(ApplicationId id) {
        return store().listOrders(new OrderQuery(id, List.of(), List.of(), "", true, 0, ALL))
                .items();
    }

    private ChangeOrderStore store() {
        return cluster.ledger().store();
    }
}
