package io.changeorder.domain.decision;

import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.Growth;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.plan.Observation;
import java.util.List;
import java.util.Optional;

/**
 * Raising the fence has stopped all growth; this has it go on. From what exists where an order is at work that sees to
 * what is missing; otherwise as it was intended, and what was lost meanwhile comes back. Nothing that serves is removed
 * here, even where that was intended: whether it may be is decided anew.
 */
final class Resuming {
    private Resuming() {}

    static Move next(ApplicationState state, Observation observed, Occasion occasion) {
        Application application = state.application();
        if (application.isDeleted()) {
            return release(application, occasion);
        }
        Composition known = application.intended().max(observed.composition());
        Composition kept = state.live()
                .filter(order -> application.touched() && isAtWork(order))
                .map(order -> worthKeeping(order, observed).composition())
                .orElse(known);
        Draft draft = new Draft(application, occasion);
        if (!kept.equals(application.intended())) {
            // Before the effect, as every intention: a call that fails and arrives all the same brings what is known
            // of.
            draft.intend(state.live().map(ChangeOrder::id), kept);
            return new Move.Commit(draft.accepted());
        }
        List<Effect> effects = known.counts().keySet().stream()
                .<Effect>map(entry -> new Effect.Scale(entry, kept.count(entry), application.fence()))
                .toList();
        draft.changeGrowth(Growth.FREE);
        return new Move.Perform(effects, Optional.of(draft.accepted()));
    }

    /** Nothing grows any more. That growth is free again says that the runtime has let go, so a crash loses nothing. */
    private static Move release(Application application, Occasion occasion) {
        Draft draft = new Draft(application, occasion);
        draft.changeGrowth(Growth.FREE);
        return new Move.Perform(List.of(new Effect.Release(application.fence())), Optional.of(draft.accepted()));
    }

    /** What an order is about to remove is not started again meanwhile: of that only the answering instances stay. */
    private static Observation worthKeeping(ChangeOrder order, Observation observed) {
        return new Observation(
                observed.at(),
                observed.instances().stream()
                        .filter(instance -> instance.readySince().isPresent() || isWanted(order, instance.entry()))
                        .toList());
    }

    private static boolean isWanted(ChangeOrder order, Entry entry) {
        return order.progress()
                .holding()
                .map(target -> target.count(entry) > 0)
                .orElseGet(() -> !order.isRollback() || order.change().target().wants(entry));
    }

    private static boolean isAtWork(ChangeOrder order) {
        return switch (order.status()) {
            case PREPARING, RUNNING -> true;
            case AWAITING_CONFIRMATION,
                    AWAITING_NEXT_BATCH,
                    AWAITING_APPROVAL,
                    APPROVED,
                    SUCCEEDED,
                    FAILED,
                    ABORTED,
                    SYSTEM_FAILED -> false;
        };
    }
}
