package io.changeorder.domain.plan;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.UpdateStrategy;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a change into batches. Every path ends with the target and nothing else, so leftovers of earlier orders are
 * cleared on the way, in the first batch.
 */
public final class BatchPlan {
    private BatchPlan() {}

    /**
     * The composition after each batch. No batch ends below the floor: where leftovers are cleared, or instances are
     * missing, it brings as many new instances as that takes.
     *
     * @param strategy how to cut; batches that would change nothing are left out
     * @param start what is there, possibly mixed by an earlier abort
     * @param before what is to be replaced; more instances of it than it has are leftovers too
     * @param target where to go
     * @param floor how many instances are to stay ready
     * @return at least one; the last is the target, pure
     */
    public static List<Composition> of(
            UpdateStrategy strategy, Composition start, Snapshot before, Target target, int floor) {
        Composition old = start.only(entry -> !target.wants(entry)
                        && before.revisionIfAny()
                                .filter(entry.revision()::equals)
                                .isPresent())
                .shrunkTo(before.count());
        int present = start.only(target::wants).total();
        List<Composition> batches = new ArrayList<>();
        Composition last = start;
        for (int due : due(strategy, old.isEmpty() ? present : 0, target.count())) {
            int wanted = old.isEmpty() ? due : Math.max(due, Math.min(present, target.count()));
            while (wanted < target.count() && kept(old.total(), target.count(), wanted) + wanted < floor) {
                wanted++;
            }
            Composition next =
                    old.shrunkTo(kept(old.total(), target.count(), wanted)).plus(target.resize(start, wanted));
            if (!next.equals(last)) {
                batches.add(next);
                last = next;
            }
        }
        return batches.isEmpty() ? List.of(target.resize(start, target.count())) : List.copyOf(batches);
    }

    /** ceil(B * (A - c) / A) of the settled instances stay while c of the A new ones are due; none if A or B is 0. */
    private static int kept(int settled, int after, int due) {
        return after == 0 ? 0 : (int) (((long) settled * (after - due) + after - 1) / after);
    }

    /** How many new instances are due after each batch: the canary, then even batches, earlier ones never larger. */
    private static List<Integer> due(UpdateStrategy strategy, int from, int to) {
        List<Integer> due = new ArrayList<>();
        int direction = Integer.signum(to - from);
        int distance = Math.abs(to - from);
        int gray = Math.min(strategy.gray(), distance);
        if (gray > 0) {
            due.add(from + direction * gray);
        }
        int rest = distance - gray;
        int batches = Math.max(1, Math.min(strategy.batches(), rest));
        int done = gray;
        for (int batch = 0; batch < batches; batch++) {
            done += rest / batches + (batch >= batches - rest % batches ? 1 : 0);
            due.add(from + direction * done);
        }
        return due;
    }
}
