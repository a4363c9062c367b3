package io.changeorder.domain.order;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.plan.Limits;
import io.changeorder.domain.plan.Target;

/**
 * What an order changes.
 *
 * @param type the kind of change
 * @param before for a rollback what is given up, otherwise the settled snapshot, pinned as the rollback target
 * @param after where it goes
 * @param target the instances at its end
 * @param strategy how it is cut into batches
 * @param limits what it must keep to
 * @param description what the one who ordered it said of it, unchanged
 */
public record Change(
        ChangeOrderType type,
        Snapshot before,
        Snapshot after,
        Target target,
        UpdateStrategy strategy,
        Limits limits,
        String description) {

    /** Back to a snapshot, in one batch and without waits. */
    public static Change rollback(Snapshot abandoned, Snapshot restored, int generation, String description) {
        Limits limits = restored.settingsIfAny()
                .or(abandoned::settingsIfAny)
                .map(settings -> Limits.ofRollback(settings, abandoned.count(), restored.count()))
                .orElseGet(() -> Limits.ofRollback(Settings.of(1), 0, 0));
        return new Change(
                ChangeOrderType.ROLLBACK,
                abandoned,
                restored,
                Target.of(restored, generation),
                UpdateStrategy.SINGLE_BATCH,
                limits,
                description);
    }

    public boolean isRollback() {
        return type == ChangeOrderType.ROLLBACK;
    }

    /** Whether a failure of the order is answered with a rollback. */
    public boolean rollsBackOnFailure() {
        return strategy.isPhased() && !isRollback();
    }

    /**
     * What is left of an intention when this change is given up: nothing of what it was to bring. What it was to take
     * away stays where it is.
     */
    public Composition without(Composition intended) {
        Composition brought = intended.only(target::wants);
        boolean hadThem = !target.fresh() && before.revisionIfAny().equals(target.revision());
        return intended.only(entry -> !target.wants(entry)).plus(brought.shrunkTo(hadThem ? before.count() : 0));
    }

    public Change withLimits(Limits newLimits) {
        return new Change(type, before, after, target, strategy, newLimits, description);
    }
}
