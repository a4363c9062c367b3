package io.changeorder.domain.decision;

import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Growth;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.order.Attention;
import io.changeorder.domain.order.Input;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.order.Transitions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Folds a history to the state that it ends in, without looking at anything else. */
public final class HistoryFold {
    /**
     * What a history says of the present.
     *
     * @param events how many there were
     * @param orders where each order is
     */
    public record Present(
            long events,
            String name,
            Fence fence,
            Optional<ChangeOrderId> liveOrder,
            Snapshot settled,
            int generation,
            Composition intended,
            boolean touched,
            Growth growth,
            Map<ChangeOrderId, OrderPresent> orders) {
        /** What a state says of the present: equal to the fold of its history. */
        public static Present of(Application application, Map<ChangeOrderId, OrderPresent> orders) {
            return new Present(
                    application.events(),
                    application.name(),
                    application.fence(),
                    application.liveOrder(),
                    application.settled(),
                    application.generation(),
                    application.intended(),
                    application.touched(),
                    application.growth(),
                    orders);
        }
    }

    /** Where an order is. */
    public record OrderPresent(Status status, int batch, Optional<Attention> attention) {}

    private final Map<ChangeOrderId, OrderPresent> orders = new TreeMap<>();
    private long events;
    private String name = "";
    private Fence fence = Fence.ZERO;
    private Optional<ChangeOrderId> liveOrder = Optional.empty();
    private Snapshot settled = new Snapshot.NotDeployed();
    private int generation;
    private Composition intended = Composition.EMPTY;
    private boolean touched;
    private Growth growth = Growth.FREE;

    /** Of an order that was never opened; nothing leads on from there. */
    private static final OrderPresent UNKNOWN = new OrderPresent(Status.SYSTEM_FAILED, 0, Optional.empty());

    private HistoryFold() {}

    /**
     * What this history ends in.
     *
     * @throws IllegalArgumentException when the numbers have a gap, or an order moves as no order can
     */
    public static Present fold(List<Event> history) {
        HistoryFold fold = new HistoryFold();
        history.forEach(fold::apply);
        return new Present(
                fold.events,
                fold.name,
                fold.fence,
                fold.liveOrder,
                fold.settled,
                fold.generation,
                fold.intended,
                fold.touched,
                fold.growth,
                fold.orders);
    }

    private static Status moved(Status from, Input input) {
        return Transitions.next(from, input)
                .orElseThrow(() -> new IllegalArgumentException("no " + input + " from " + from));
    }

    private void apply(Event event) {
        events++;
        if (event.number() != events) {
            throw new IllegalArgumentException("event " + event.number() + " where " + events + " was due");
        }
        Happening what = event.what();
        if (what instanceof Happening.ApplicationCreated created) {
            name = created.name();
        } else if (what instanceof Happening.OrderOpened opened) {
            liveOrder = Optional.of(opened.order());
            generation = Math.max(generation, opened.generation());
            orders.put(opened.order(), new OrderPresent(Status.PREPARING, 0, Optional.empty()));
        } else if (what instanceof Happening.OrderMoved moved) {
            Status from = orders.getOrDefault(moved.order(), UNKNOWN).status();
            if (moved.from() != from || moved.to() != moved(from, moved.input())) {
                throw new IllegalArgumentException("event " + event.number() + ": " + moved + " in " + from);
            }
            orders.put(moved.order(), new OrderPresent(moved.to(), moved.batch(), moved.attention()));
            if (!moved.to().isLive()) {
                liveOrder = Optional.empty();
            }
        } else if (what instanceof Happening.Intended newIntention) {
            intended = newIntention.composition();
            touched = true;
        } else if (what instanceof Happening.FenceGrew grew) {
            fence = grew.fence();
        } else if (what instanceof Happening.GrowthChanged changed) {
            growth = changed.growth();
        } else if (what instanceof Happening.Settled newSettled) {
            settled = newSettled.snapshot();
            touched = false;
        }
    }
}
