package io.changeorder.application.api.query;

import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.order.Batch;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.plan.Instance;
import java.util.List;
import java.util.Optional;

/** What the queries give. */
public final class Views {
    private Views() {}

    /**
     * An order with what it belongs to.
     *
     * @param order the order
     * @param application its application as it is now
     */
    public record OrderView(ChangeOrder order, Application application) {}

    /**
     * A batch with its order.
     *
     * @param order the order
     * @param index index of the batch in it
     * @param instances the instances of the batch's target: as they are now while it runs, as they were when it ended
     */
    public record BatchView(ChangeOrder order, int index, List<Instance> instances) {
        public BatchView {
            instances = List.copyOf(instances);
        }

        public Batch batch() {
            return order.progress().batches().get(index);
        }
    }

    /**
     * An application with what belongs to it.
     *
     * @param application the application
     * @param version the version that is settled, or that it was created with when none is
     * @param lastOrder the order that was opened last
     * @param instances every instance, as it is now; empty when {@code observed} is false
     * @param observed whether the runtime could be reached
     * @param ready how many instances are ready
     */
    public record ApplicationView(
            Application application,
            Optional<Version> version,
            Optional<ChangeOrder> lastOrder,
            List<Instance> instances,
            boolean observed,
            int ready) {
        public ApplicationView {
            instances = List.copyOf(instances);
        }
    }
}
