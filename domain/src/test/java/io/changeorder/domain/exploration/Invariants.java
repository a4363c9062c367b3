package io.changeorder.domain.exploration;

import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Decision;
import io.changeorder.domain.decision.Effect;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.decision.HistoryFold;
import io.changeorder.domain.decision.Move;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.exploration.Node.Thought;
import io.changeorder.domain.exploration.SmallRuntime.One;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Checks what always holds (DESIGN, section 3), each where it could be broken: what is durable at each commit, what is
 * done to instances when it is decided and when it takes effect, refusals when they are given, and the rest at rest.
 *
 * <p>What can't be seen in a model is checked elsewhere: that threads and nodes really exclude each other, in
 * {@code RacesTest} of application and the store's contract on a real SQLite; that a commit survives the death of a process,
 * in {@code CrashTest} of application and the kill tests of bootstrap; that a call which is already inside the runtime when
 * the fence is raised has no effect, in {@code FrozenRunnerTest} and the runtime's contract.
 */
final class Invariants {
    private final Set<Invariant> asked;

    /** Only these are checked. */
    Invariants(Set<Invariant> asked) {
        this.asked = asked;
    }

    private void that(boolean holds, Invariant invariant, Supplier<?> how) {
        if (!holds && asked.contains(invariant)) {
            throw invariant.broken(how.get());
        }
    }

    // ---- at each commit

    void committed(Situation now, Decision.Accepted change, Store after, Actor by) {
        Store before = now.store();
        Application application = after.application();
        List<ChangeOrderId> live = new ArrayList<>();
        for (ChangeOrder order : after.orders().values()) {
            if (order.isLive()) {
                live.add(order.id());
            }
        }
        that(
                live.equals(application.liveOrder().map(List::of).orElse(List.of())),
                Invariant.AT_MOST_ONE_LIVE,
                () -> live + " live, and " + application.liveOrder() + " named");
        for (ChangeOrder order : before.orders().values()) {
            ChangeOrder is = after.order(order.id());
            that(
                    order.isLive()
                            || (order.status() == is.status() && order.ending().equals(is.ending())),
                    Invariant.EXACTLY_ONE_WINS,
                    () -> order.id() + " was " + order.status() + " and is " + is.status());
            that(
                    !order.isRollback()
                            || !order.isLive()
                            || order.attention().isPresent()
                            || is.status() != Status.ABORTED,
                    Invariant.ROLLBACK_UNDISTURBED,
                    () -> order.id() + " was " + order.status());
            that(
                    is.status() != Status.FAILED
                            || order.status() == Status.FAILED
                            || isTakenBackIfItMust(before, after, is),
                    Invariant.ONE_COMMIT,
                    () -> order.id() + " failed, and no rollback is open");
        }
        that(
                !application.fence().isOlderThan(before.application().fence())
                        && after.live()
                                .map(ChangeOrder::fence)
                                .orElse(application.fence())
                                .equals(application.fence()),
                Invariant.FENCE_GROWS,
                () -> "fence " + before.application().fence() + ", then " + application.fence());
        that(
                application.settled().equals(before.application().settled())
                        || change.orders().stream().anyMatch(order -> order.status() == Status.SUCCEEDED),
                Invariant.ONLY_SUCCESS_SETTLES,
                () -> Words.of(change));
        told(before, change, by, now.now());
        folds(after);
        answered(now.with(after));
    }

    private static boolean isTakenBackIfItMust(Store before, Store after, ChangeOrder failed) {
        return !failed.change().rollsBackOnFailure()
                || !before.application().touched()
                || after.live().flatMap(ChangeOrder::undoes).equals(Optional.of(failed.id()));
    }

    private void told(Store before, Decision.Accepted change, Actor by, Instant now) {
        for (Event event : change.events()) {
            that(
                    event.actor().equals(by)
                            && !event.at().isAfter(now)
                            && !event.fence().isOlderThan(before.application().fence())
                            && !change.application().fence().isOlderThan(event.fence()),
                    Invariant.WHO_AND_WHEN,
                    () -> event + " by " + by + " at " + now);
        }
        for (ChangeOrder order : change.orders()) {
            Optional<Status> was =
                    Optional.ofNullable(before.orders().get(order.id())).map(ChangeOrder::status);
            that(
                    was.equals(Optional.of(order.status()))
                            || change.events().stream().anyMatch(event -> tellsOf(order, event.what())),
                    Invariant.WHO_AND_WHEN,
                    () -> order.id() + " is " + order.status() + ", told are " + change.events());
        }
    }

    private static boolean tellsOf(ChangeOrder order, Happening what) {
        return (what instanceof Happening.OrderMoved moved
                        && moved.order().equals(order.id())
                        && moved.to() == order.status())
                || (what instanceof Happening.OrderOpened opened
                        && opened.order().equals(order.id())
                        && order.status() == Status.PREPARING);
    }

    private void folds(Store after) {
        if (asked.contains(Invariant.FOLDS)) {
            Map<ChangeOrderId, HistoryFold.OrderPresent> orders = new TreeMap<>();
            after.orders()
                    .values()
                    .forEach(order -> orders.put(
                            order.id(),
                            new HistoryFold.OrderPresent(
                                    order.status(), order.progress().current(), order.attention())));
            HistoryFold.Present present = HistoryFold.Present.of(after.application(), orders);
            try {
                HistoryFold.Present folded = HistoryFold.fold(after.history().all());
                that(folded.equals(present), Invariant.FOLDS, () -> folded + " is told, and " + present + " is so");
            } catch (IllegalArgumentException gap) {
                throw Invariant.FOLDS.broken(gap.getMessage());
            }
        }
    }

    /** A person had an order taken back. */
    void takenBack(Store before, Store after, ChangeOrder order) {
        boolean needed = order.isLive() && before.application().touched() && !order.isRollback();
        that(
                !needed || after.live().flatMap(ChangeOrder::undoes).equals(Optional.of(order.id())),
                Invariant.ONE_COMMIT,
                () -> order.id() + " is " + after.order(order.id()).status() + ", and no rollback is open");
    }

    // ---- at each answer

    void answered(Situation now) {
        for (ChangeOrderId ended : now.answered()) {
            Status status = now.store().order(ended).status();
            that(status == Status.ABORTED, Invariant.DURABLE_ANSWER, () -> ended + " is " + status);
        }
    }

    void refused(Refusal refusal, Store store) {
        refusal.order().ifPresent(facts -> {
            ChangeOrder order = store.order(facts.id());
            boolean rightly = (refusal.reason() != Refusal.Reason.ORDER_IS_NOT_LIVE || !order.isLive())
                    && (refusal.reason() != Refusal.Reason.ORDER_IS_RUNNING
                            || store.live().isPresent())
                    && (refusal.reason() != Refusal.Reason.BATCH_NOT_WAITING || order.status() == Status.RUNNING);
            that(
                    rightly && facts.equals(Refusal.OrderFacts.of(order)),
                    Invariant.TRUTHFUL_REFUSAL,
                    () -> refusal.reason() + " is told with " + facts + ", but " + Words.of(order));
        });
    }

    // ---- when something is decided that is to be done

    /** Against what is there while it is decided; what instances do until it takes effect is not the engine's doing. */
    void decided(SmallRuntime before, ApplicationState basis, List<Effect> effects) {
        for (Effect effect : effects) {
            if (effect.fence().isOlderThan(before.fence())) {
                return;
            }
        }
        SmallRuntime after = before;
        for (Effect effect : effects) {
            if (effect instanceof Effect.Scale scale) {
                grows(after.count(scale.entry()), scale, basis);
            }
            after = after.after(effect);
        }
        SmallRuntime then = after;
        basis.live().ifPresent(order -> keepsTo(order, before, then, effects));
        int floor = basis.live().map(order -> order.change().limits().floor()).orElse(before.ready());
        that(
                then.ready() >= Math.min(before.ready(), floor),
                Invariant.FLOOR,
                () -> then.ready() + " of " + before.ready() + " are left, the floor is " + floor);
    }

    private void keepsTo(ChangeOrder order, SmallRuntime before, SmallRuntime after, List<Effect> effects) {
        int ceiling = Math.max(before.ones().size(), order.change().limits().ceiling());
        that(
                after.ones().size() <= ceiling,
                Invariant.CEILING,
                () -> after.ones().size() + " after " + Words.of(effects) + ", the ceiling is " + ceiling);
        if (order.isRollback()) {
            Target target = order.change().target();
            Set<InstanceId> replaced = effects.stream()
                    .filter(Effect.StartAfresh.class::isInstance)
                    .flatMap(effect -> ((Effect.StartAfresh) effect).replaced().stream())
                    .collect(Collectors.toSet());
            long there =
                    before.ones().stream().filter(one -> matches(one, target)).count();
            long spared = before.ones().stream()
                    .filter(one -> matches(one, target) && !replaced.contains(one.id()))
                    .filter(after.ones()::contains)
                    .count();
            that(
                    spared >= Math.min(there, target.count()) - replaced.size(),
                    Invariant.SPARED,
                    () -> spared + " of " + there + " are left after " + Words.of(effects));
        }
    }

    private static boolean matches(One one, Target target) {
        return target.wants(one.entry()) && one.is(SmallRuntime.Condition.READY);
    }

    private void grows(int present, Effect.Scale scale, ApplicationState basis) {
        Application application = basis.application();
        if (scale.count() > present) {
            int wanted = basis.live()
                    .flatMap(order -> order.progress().holding())
                    .map(target -> target.count(scale.entry()))
                    .orElse(present);
            that(
                    scale.count() <= wanted || isReplacement(basis),
                    Invariant.ONLY_THE_TARGET_GROWS,
                    () -> Words.of(scale) + ", wanted are " + wanted);
            that(
                    scale.count() <= application.intended().count(scale.entry()),
                    Invariant.INTENTION_FIRST,
                    () -> Words.of(scale) + ", intended are " + Words.of(application.intended()));
        }
    }

    /** What exited while growth was halted comes back, unless an order is at work that sees to it. */
    private static boolean isReplacement(ApplicationState basis) {
        boolean isAtWork = basis.live()
                .filter(order -> order.status() == Status.PREPARING || order.status() == Status.RUNNING)
                .isPresent();
        return basis.application().growth().isHalted() && !(basis.application().touched() && isAtWork);
    }

    // ---- when it takes effect

    void takesEffect(Situation now, ApplicationState basis, Effect effect) {
        that(
                !effect.fence().isOlderThan(now.confirmed()),
                Invariant.NOTHING_OLDER,
                () -> Words.of(effect) + ", where an answer confirmed fence " + now.confirmed());
        that(
                basis.application().version() <= now.store().application().version(),
                Invariant.INTENTION_FIRST,
                () -> Words.of(effect) + " is of a commit that is still to come");
    }

    void proved(Move move, SmallRuntime runtime, Composition expected) {
        boolean succeeds = move instanceof Move.Commit commit
                && commit.change().orders().stream().anyMatch(order -> order.status() == Status.SUCCEEDED);
        that(
                !succeeds || runtime.prove(expected).holds(),
                Invariant.PROVED,
                () -> "expected are " + Words.of(expected) + ", there are " + runtime);
    }

    // ---- sleep and rest

    void sleeps(Situation now, ApplicationState state, Optional<Instant> until) {
        boolean wakes = until.filter(now.now()::isBefore).isPresent();
        boolean waits = state.live()
                .map(order ->
                        order.status() == Status.AWAITING_CONFIRMATION || (now.maintenance() && !order.isRollback()))
                .orElse(true);
        that(
                wakes || waits,
                Invariant.LOOKS_AGAIN,
                () -> state.live().map(Words::of).orElse("nobody") + " sleeps until " + until);
    }

    /** Nothing goes on by itself: then everything has to be in order. */
    void rests(Situation now) {
        Application application = now.store().application();
        SmallRuntime runtime = now.runtime();
        Optional<ChangeOrder> live = now.store().live();
        ChangeOrder last = now.store().last();
        that(
                !application.growth().isHalted()
                        && (!runtime.isHalted() || runtime.wish().isEmpty()),
                Invariant.COMES_TO_REST,
                () -> "growth is halted for ever");
        // A crash may have kept an intention from its effect; what is held by then decides anew when it goes on.
        boolean isHeld = live.flatMap(ChangeOrder::attention).isPresent();
        that(
                runtime.wish().equals(application.intended()) || isHeld,
                Invariant.COMES_TO_REST,
                () -> "intended are " + Words.of(application.intended()) + ", wished for " + Words.of(runtime.wish()));
        that(
                live.isEmpty() || isHeld || live.get().status() == Status.AWAITING_CONFIRMATION,
                Invariant.COMES_TO_REST,
                () -> live.map(Words::of).orElse("nobody") + " and waits for nobody");
        that(
                last.status() != Status.FAILED || !last.change().rollsBackOnFailure(),
                Invariant.COMES_TO_REST,
                () -> last.id() + " failed and is not rolled back");
        if (last.status() == Status.SUCCEEDED) {
            Snapshot settled = application.settled();
            int wanted = settled.revisionIfAny().map(runtime.present()::count).orElse(0);
            that(
                    settled.equals(last.change().after())
                            && !application.touched()
                            && wanted == settled.count()
                            && runtime.present().total() == settled.count(),
                    Invariant.COMES_TO_REST,
                    () -> settled + " is settled, there are " + runtime);
        }
        that(!(now.active().thought() instanceof Thought.Dead), Invariant.COMES_TO_REST, () -> "nobody is there");
    }

    /** What is known once this is committed. */
    static ApplicationState after(ApplicationState before, Decision.Accepted change) {
        return new ApplicationState(
                change.application(),
                change.application()
                        .liveOrder()
                        .map(live -> change.order(live)
                                .or(() ->
                                        before.live().filter(order -> order.id().equals(live)))
                                .orElseThrow()));
    }
}
