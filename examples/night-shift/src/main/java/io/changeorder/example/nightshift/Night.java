package io.changeorder.example.nightshift;

import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.plan.Proof;
import java.util.List;
import java.util.stream.Collectors;

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

    /** Says it all on the console. */
    public void tell() {
        System.out.println("before:   " + versions(before));
        System.out.println("half-way: " + versions(halfWay));
        System.out.println("after:    " + versions(after));
        System.out.println("proved:   " + rollback.proof().filter(Proof::holds).isPresent());
    }

    private static String versions(List<RunningHello> running) {
        return running.stream().map(RunningHello::version).collect(Collectors.joining(", "));
    }
}
