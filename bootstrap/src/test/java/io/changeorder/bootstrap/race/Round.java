package io.changeorder.bootstrap.race;

import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.revision.Revision;
import java.util.List;

/**
 * One order at a brink.
 *
 * @param application its application, which has no other story
 * @param before what the application ran, settled
 * @param after what the order brings
 */
record Round(int number, Brink brink, ApplicationId application, Revision before, Revision after, ChangeOrderId order) {
    /** Those of the order's revision that are to stay. */
    List<Instance> ofAfter(List<Instance> instances) {
        return instances.stream()
                .filter(instance -> instance.entry().revision().equals(after.id()))
                .filter(instance -> !instance.isStopping())
                .toList();
    }

    @Override
    public String toString() {
        return "round " + number + ", " + brink + ", order " + order;
    }
}
