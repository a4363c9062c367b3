package io.changeorder.domain.decision;

import io.changeorder.domain.app.Application;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.revision.RevisionId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The answer to a command: what changes, or why nothing does. */
public sealed interface Decision {
    <T> T match(Function<Accepted, T> accepted, Function<Refused, T> refused);

    /**
     * What is to be committed as one, and done after that.
     *
     * @param application the application afterwards, its version grown by one
     * @param orders the orders that are new or changed, whole
     * @param events what happened, numbered
     * @param effects what to do once it is committed, in order
     * @param rolledBack the version that a person had rolled back by this, and the rollback
     */
    record Accepted(
            Application application,
            List<ChangeOrder> orders,
            List<Event> events,
            List<Effect> effects,
            Optional<Mark> rolledBack)
            implements Decision {
        public Accepted {
            orders = List.copyOf(orders);
            events = List.copyOf(events);
            effects = List.copyOf(effects);
        }

        @Override
        public <T> T match(Function<Accepted, T> accepted, Function<Refused, T> refused) {
            return accepted.apply(this);
        }

        /** The order of this id as it is afterwards, if this changes it. */
        public Optional<ChangeOrder> order(ChangeOrderId id) {
            return orders.stream().filter(order -> order.id().equals(id)).findFirst();
        }
    }

    /** A version and the rollback that a person ordered of it. */
    record Mark(RevisionId version, ChangeOrderId rollback) {}

    /**
     * A refusal.
     *
     * @param refusal why
     * @param meanwhile what was found out on the way and is to be committed all the same; usually nothing
     */
    record Refused(Refusal refusal, Optional<Accepted> meanwhile) implements Decision {
        @Override
        public <T> T match(Function<Accepted, T> accepted, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }

    static Decision refused(Refusal refusal) {
        return new Refused(refusal, Optional.empty());
    }
}
