package io.changeorder.example.nightshift;

import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import java.util.List;

/**
 * What was seen in the world during a night.
 *
 * @param before what ran before the rollout
 * @param halfWay what ran when half of it was replaced
 * @param after what ran after all was taken back
 * @param rollback the order that took it back
 */
public record Night(
        List<RunningHello> before, List<RunningHello> halfWay, List<RunningHello> after, ChangeOrder rollback) {
    public Night {
        before = List.copyOf(before);
        halfWay = List.copyOf(halfWay);
        after = List.copyOf(after);
    }

    /** Settles version 1, begins version 2 and takes it back half-way. */
    public static Night of(NightShift shift, HelloSite site) throws InterruptedException {
        ApplicationId hello = shift.settle("hello", site.hello("1"));
        List<RunningHello> before = site.running();
        ChangeOrderId rollout = shift.replaceHalf(hello, site.hello("2"));
        List<RunningHello> halfWay = site.running();
        ChangeOrder rollback = shift.takeBack(rollout);
        return new Night(before, halfWay, site.running(), rollback);
    }
}
