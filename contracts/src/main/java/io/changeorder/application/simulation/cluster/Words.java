package io.changeorder.application.simulation.cluster;

import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.plan.Instance;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Short forms for traces. The same in every JVM: no set is printed in an order of its own. */
public final class Words {
    private Words() {}

    public static String of(ApplicationId id) {
        return "app-" + number(id.value());
    }

    public static String of(ChangeOrderId id) {
        return "order-" + number(id.value());
    }

    /** Simulated ids count on in their last digits. */
    private static String number(String id) {
        return id.substring(id.lastIndexOf('-') + 1).replaceFirst("^0+", "");
    }

    /** How many of what, ready ones and others. */
    public static String counted(Collection<Instance> instances) {
        Map<String, Integer> counts = new TreeMap<>();
        instances.forEach(instance -> counts.merge(
                instance.entry() + (instance.readySince().isPresent() ? " ready" : " " + instance.state()),
                1,
                Integer::sum));
        return counts.toString();
    }

    public static String happened(List<Event> events) {
        return events.stream().map(Words::of).collect(Collectors.joining(", "));
    }

    private static String of(Event event) {
        Happening what = event.what();
        if (what instanceof Happening.OrderOpened opened) {
            return of(opened.order()) + " " + opened.type() + " opens for " + event.actor();
        } else if (what instanceof Happening.BatchesPlanned planned) {
            return "planned " + planned.targets();
        } else if (what instanceof Happening.OrderMoved moved) {
            return of(moved.order()) + " " + moved.input() + " to " + moved.to() + " batch " + moved.batch()
                    + moved.attention().map(attention -> " " + attention).orElse("");
        } else if (what instanceof Happening.Intended intended) {
            return "intends " + intended.composition();
        } else if (what instanceof Happening.FenceGrew grew) {
            return "fence " + grew.fence();
        } else if (what instanceof Happening.GrowthChanged changed) {
            return "growth " + changed.growth();
        } else if (what instanceof Happening.TakenOver taken) {
            return "taken over by " + taken.by();
        }
        return what.getClass().getSimpleName();
    }
}
