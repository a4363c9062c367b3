package io.changeorder.domain.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Aborting;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Assignment;
import io.changeorder.domain.decision.Confirming;
import io.changeorder.domain.decision.Decision;
import io.changeorder.domain.decision.Driving;
import io.changeorder.domain.decision.Effect;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.HistoryFold;
import io.changeorder.domain.decision.Move;
import io.changeorder.domain.decision.Occasion;
import io.changeorder.domain.decision.Opening;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.decision.Restoring;
import io.changeorder.domain.decision.Retrying;
import io.changeorder.domain.decision.TakeOver;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.Attention;
import io.changeorder.domain.order.Change;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.ChangeOrderType;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.Limits;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Target;
import io.changeorder.domain.revision.RevisionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The whole life of one application in a world of a screen: commands, and the engine that drives it. The store is the
 * last commit. After every commit and before every effect the invariants of the design are checked.
 */
public final class Story {
    public static final RevisionId R1 = new RevisionId("1".repeat(64));
    public static final RevisionId R2 = new RevisionId("2".repeat(64));
    public static final RevisionId R3 = new RevisionId("3".repeat(64));
    public static final Actor ANNE = new Actor("anne");
    public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final NodeId FIRST_NODE = new NodeId("node-1");
    private static final int MOST_STEPS = 5_000;

    public final TinyWorld world;
    private final Map<ChangeOrderId, ChangeOrder> orders = new LinkedHashMap<>();
    private final List<Event> history = new ArrayList<>();
    private final List<Decision.Mark> marks = new ArrayList<>();
    private Application application = Application.fresh(new ApplicationId("app-1"), "hello", "", START);
    private NodeId node = FIRST_NODE;
    private Instant now = START;
    private boolean maintenance;
    private boolean reachable = true;
    private int made;
    private int steps;
    private Predicate<Integer> crashesBeforeEffects = step -> false;

    private Story() {
        this.world = new TinyWorld(START);
    }

    /** An application that exists and was never deployed. */
    public static Story ofANewApplication() {
        Story story = new Story();
        story.commit((Decision.Accepted)
                Opening.create(story.application, Optional.empty(), story.assignment(), story.occasion()));
        return story;
    }

    /** An application that runs this many instances of the first revision. */
    public static Story of(int replicas) {
        return of(Settings.of(replicas));
    }

    public static Story of(Settings settings) {
        Story story = ofANewApplication();
        story.deploy(R1, settings.withStrategy(UpdateStrategy.SINGLE_BATCH)).run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
        // What was deployed at once may be changed in batches next time.
        return story;
    }

    // ---- commands

    public Story deploy(RevisionId revision, Settings settings) {
        return open(deployment(revision, settings));
    }

    public Change deployment(RevisionId revision, Settings settings) {
        return change(
                ChangeOrderType.DEPLOY,
                new Snapshot.Running(revision, settings),
                Target.of(new Snapshot.Running(revision, settings), application.generation()),
                settings);
    }

    public Story rescale(int replicas) {
        Settings settings = settings().withReplicas(replicas).withStrategy(UpdateStrategy.SINGLE_BATCH);
        Snapshot after = new Snapshot.Running(revision(), settings);
        return open(change(ChangeOrderType.RESCALE, after, Target.of(after, application.generation()), settings));
    }

    public Story restart() {
        return restart(settings().strategy());
    }

    public Story restart(UpdateStrategy strategy) {
        Snapshot after = application.settled();
        return open(change(
                ChangeOrderType.RESTART,
                after,
                Target.restart(after, application.generation() + 1),
                settings().withStrategy(strategy)));
    }

    public Story stop() {
        Snapshot after = new Snapshot.Stopped(revision(), settings());
        return open(change(
                ChangeOrderType.STOP,
                after,
                Target.of(after, application.generation()),
                settings().withStrategy(UpdateStrategy.SINGLE_BATCH)));
    }

    public Story start() {
        Snapshot after = new Snapshot.Running(revision(), settings());
        return open(change(
                ChangeOrderType.START,
                after,
                Target.of(after, application.generation()),
                settings().withStrategy(UpdateStrategy.SINGLE_BATCH)));
    }

    public Story delete() {
        Snapshot after = new Snapshot.Deleted();
        return open(change(
                ChangeOrderType.DELETE,
                after,
                Target.of(after, application.generation()),
                settings().withStrategy(UpdateStrategy.SINGLE_BATCH)));
    }

    public Change change(ChangeOrderType type, Snapshot after, Target target, Settings settings) {
        Snapshot before = application.settled();
        return new Change(
                type,
                before,
                after,
                target,
                settings.strategy(),
                Limits.of(settings, before.count(), after.count()),
                "as ordered");
    }

    public Story open(Change change) {
        return accept(Opening.open(state(), change, Optional.empty(), assignment(), occasion()));
    }

    public Decision opened(Change change, Optional<Version> deployed) {
        return Opening.open(state(), change, deployed, assignment(), occasion());
    }

    public Story restore() {
        return accept(
                Restoring.restore(state(), application.lastOrder().map(orders::get), "", assignment(), occasion()));
    }

    public Story abort() {
        return accept(aborted(last()));
    }

    public Decision aborted(ChangeOrder order) {
        return Aborting.abort(state(), named(order), occasion());
    }

    public Story abortAndRollBack() {
        return accept(abortedAndRolledBack(last()));
    }

    public Decision abortedAndRolledBack(ChangeOrder order) {
        return Aborting.abortAndRollBack(state(), named(order), assignment(), occasion());
    }

    public Decision abortedWithRollback(ChangeOrder order) {
        return Aborting.abortWithRollback(state(), named(order), assignment(), occasion());
    }

    public Aborting.Case named(ChangeOrder order) {
        ChangeOrder found = order(order.id());
        return new Aborting.Case(
                true, true, maintenance, Optional.of(found), found.undoneBy().map(this::order));
    }

    public Story confirm() {
        return accept(confirmed());
    }

    public Decision confirmed() {
        return confirmed(last().progress().currentBatch().orElseThrow().id());
    }

    public Decision confirmed(BatchId batch) {
        return Confirming.confirm(state(), new Confirming.Case(last(), batch), world.observe(), occasion());
    }

    public Story retry() {
        return retry(Retrying.SAME_LIMITS);
    }

    public Story retry(UnaryOperator<Limits> limits) {
        return accept(Retrying.retry(state(), last(), limits, occasion()));
    }

    /** Another node drives the application from now on; what this one was about to do it does not do any more. */
    public Story takeOver() {
        node = new NodeId("node-" + (made++ + 2));
        return commit(TakeOver.by(node, state(), Occasion.engine(now)));
    }

    // ---- circumstances

    public Story maintenance(boolean on) {
        maintenance = on;
        return this;
    }

    public Story reachable(boolean isReachable) {
        reachable = isReachable;
        return this;
    }

    public Story pass(Duration time) {
        now = now.plus(time);
        world.advanceTo(now);
        return this;
    }

    /** Before which steps the engine is killed, each time between a commit and its effects. */
    public Story crashingBeforeEffects(Predicate<Integer> when) {
        crashesBeforeEffects = when;
        return this;
    }

    /** The engine is killed between a commit and its effects, and goes on as the same node. */
    public Story killedBeforeEffects() {
        return commit(((Move.Commit) move()).change());
    }

    // ---- driving

    /** Until nobody but a person can change anything any more. */
    public Story run() {
        return runUntil(story -> false);
    }

    public Story runUntil(Status status) {
        runUntil(story -> story.last().status() == status);
        assertThat(last().status()).isEqualTo(status);
        return this;
    }

    public Story runUntil(Predicate<Story> enough) {
        for (int i = 0; i < MOST_STEPS; i++) {
            if (enough.test(this)) {
                return this;
            }
            Optional<Move.Sleep> sleep = step();
            if (sleep.isPresent() && !sleepUntilSomethingComes(sleep.get())) {
                return this;
            }
        }
        throw new AssertionError("never comes to rest: " + last() + " in " + world.observe());
    }

    /** One move; the sleep, if it was one. */
    public Optional<Move.Sleep> step() {
        steps++;
        return move().match(
                        commit -> {
                            commit(commit.change());
                            return made(commit.change().effects());
                        },
                        perform -> {
                            Optional<Move.Sleep> made = made(perform.effects());
                            if (!crashesBeforeEffects.test(steps)) {
                                perform.then().ifPresent(this::commit);
                            }
                            return made;
                        },
                        prove -> {
                            throw new AssertionError("proved already: " + prove);
                        },
                        Optional::of);
    }

    private Optional<Move.Sleep> made(List<Effect> effects) {
        if (crashesBeforeEffects.test(steps)) {
            takeOver();
        } else {
            perform(effects);
        }
        return Optional.empty();
    }

    /** What the engine would do now. */
    public Move move() {
        if (!reachable) {
            return Driving.unreachable(state(), maintenance, now);
        }
        Observation observed = world.observe();
        Move move = Driving.next(state(), observed, maintenance, ids(), now);
        return move.match(
                commit -> commit,
                perform -> perform,
                prove -> Driving.proved(
                        state(),
                        observed,
                        world.prove(
                                prove.expected(),
                                last().change().limits().timing().readyFor()),
                        now),
                sleep -> sleep);
    }

    Driving.Ids ids() {
        return new Driving.Ids(() -> new BatchId("batch-" + ++made), this::assignment);
    }

    public int steps() {
        return steps;
    }

    /** Lets time pass up to what comes next; false when only a person can change anything. */
    boolean sleepUntilSomethingComes(Move.Sleep sleep) {
        boolean waitsForAPerson = application.liveOrder().isEmpty()
                || (last().attention().isPresent() && !(reachable && isDeadline()))
                || last().status() == Status.AWAITING_CONFIRMATION;
        Optional<Instant> worlds = reachable ? world.nextMoment() : Optional.empty();
        Optional<Instant> next =
                Stream.concat(sleep.until().stream(), worlds.stream()).min(Instant::compareTo);
        boolean looksInVain = application.liveOrder().isPresent()
                && last().attention().isPresent()
                && worlds.isEmpty()
                && sleep.until().equals(Optional.of(now.plus(Driving.LOOK_AGAIN)));
        if (waitsForAPerson || looksInVain || next.isEmpty()) {
            return false;
        }
        assertThat(next.get()).as("a sleep ends after it began").isAfter(now);
        now = next.get();
        world.advanceTo(now);
        return true;
    }

    private boolean isDeadline() {
        return last().attention().equals(Optional.of(new Attention.DeadlinePassed()));
    }

    // ---- the store, the effects, and what always holds

    public Story accept(Decision decision) {
        Decision.Accepted accepted = decision.match(yes -> yes, no -> {
            throw new AssertionError("refused: " + no.refusal());
        });
        commit(accepted);
        perform(accepted.effects());
        return this;
    }

    /** The refusal; what was found out on the way is committed. */
    public Refusal refuse(Decision decision) {
        Decision.Refused refused = decision.match(
                yes -> {
                    throw new AssertionError("accepted: " + yes.events());
                },
                no -> no);
        refused.meanwhile().ifPresent(this::commit);
        return refused.refusal();
    }

    private Story commit(Decision.Accepted change) {
        Application before = application;
        assertThat(change.application().version()).isEqualTo(before.version() + 1);
        assertThat(change.application().fence()).isGreaterThanOrEqualTo(before.fence());
        application = change.application();
        change.orders().forEach(order -> orders.put(order.id(), order));
        history.addAll(change.events());
        change.rolledBack().ifPresent(marks::add);
        assertInvariants(before, change);
        // A raise is done before anybody is answered.
        change.effects().forEach(effect -> {
            if (effect instanceof Effect.Raise raise) {
                world.raise(raise.fence());
            }
        });
        return this;
    }

    private void assertInvariants(Application before, Decision.Accepted change) {
        Map<ChangeOrderId, HistoryFold.OrderPresent> present = new TreeMap<>();
        orders.values()
                .forEach(order -> present.put(
                        order.id(),
                        new HistoryFold.OrderPresent(
                                order.status(), order.progress().current(), order.attention())));
        assertThat(HistoryFold.fold(history))
                .as("the history folds to the present")
                .isEqualTo(HistoryFold.Present.of(application, present));
        assertThat(change.events()).allSatisfy(event -> assertThat(event.at()).isEqualTo(now));
        List<ChangeOrder> live =
                orders.values().stream().filter(ChangeOrder::isLive).toList();
        assertThat(live).as("at most one live order").hasSizeLessThanOrEqualTo(1);
        assertThat(application.liveOrder())
                .isEqualTo(live.stream().map(ChangeOrder::id).findFirst());
        assertThat(live).allSatisfy(order -> assertThat(order.fence()).isEqualTo(application.fence()));
        if (!application.settled().equals(before.settled())) {
            assertThat(change.orders().get(0).status())
                    .as("only success settles")
                    .isEqualTo(Status.SUCCEEDED);
        }
    }

    private void perform(List<Effect> effects) {
        for (Effect effect : effects) {
            effect.match(this::scale, raise -> true, this::startAfresh, this::release);
        }
    }

    private boolean scale(Effect.Scale scale) {
        int present = world.observe().composition().count(scale.entry());
        boolean grows = scale.count() > present;
        if (grows) {
            assertThat(isIntended(scale))
                    .as("an intention is committed before its effect: %s", scale)
                    .isTrue();
            assertThat(isReplacement() || scale.count() <= wanted(scale.entry()))
                    .as("only the target's entries grow: %s", scale)
                    .isTrue();
        }
        int existing = world.observe().instances().size();
        guardingTheFloor(() -> world.scale(scale.entry(), scale.count(), scale.fence()));
        state().live()
                .ifPresent(order -> assertThat(world.observe().instances().size())
                        .as("no more than the ceiling, or than there were")
                        .isLessThanOrEqualTo(
                                Math.max(existing, order.change().limits().ceiling())));
        return true;
    }

    /** What exited while growth was halted comes back, unless an order is at work that sees to it. */
    private boolean isReplacement() {
        boolean isAtWork = state().live()
                .filter(order -> order.status() == Status.PREPARING || order.status() == Status.RUNNING)
                .isPresent();
        return application.growth().isHalted() && !(application.touched() && isAtWork);
    }

    private int wanted(Entry entry) {
        return state().live()
                .flatMap(order -> order.progress().holding())
                .map(target -> target.count(entry))
                .orElse(world.observe().composition().count(entry));
    }

    private boolean isIntended(Effect.Scale scale) {
        return scale.count() <= application.intended().count(scale.entry());
    }

    private boolean startAfresh(Effect.StartAfresh fresh) {
        guardingTheFloor(() -> world.startAfresh(fresh.replaced(), fresh.fence()));
        return true;
    }

    private boolean release(Effect.Release release) {
        assertThat(application.isDeleted()).isTrue();
        assertThat(world.observe().instances()).isEmpty();
        world.release(release.fence());
        return true;
    }

    private void guardingTheFloor(Runnable action) {
        Optional<Limits> limits = state().live().map(order -> order.change().limits());
        int before = ready(limits);
        action.run();
        int floor = Math.min(before, limits.map(Limits::floor).orElse(before));
        assertThat(ready(limits))
                .as("no action takes ready instances below the floor")
                .isGreaterThanOrEqualTo(floor);
    }

    private int ready(Optional<Limits> limits) {
        Duration readyFor = limits.map(each -> each.timing().readyFor()).orElse(Duration.ZERO);
        return (int) world.observe().instances().stream()
                .filter(one -> one.readySince()
                        .filter(since -> !since.plus(readyFor).isAfter(now))
                        .isPresent())
                .count();
    }

    // ---- what a story tells

    public Application application() {
        return application;
    }

    public ApplicationState state() {
        return new ApplicationState(application, application.liveOrder().map(orders::get));
    }

    /** The order that was opened last. */
    public ChangeOrder last() {
        return orders.get(application.lastOrder().orElseThrow());
    }

    public ChangeOrder order(ChangeOrderId id) {
        return Optional.ofNullable(orders.get(id)).orElseThrow();
    }

    public List<ChangeOrder> orders() {
        return List.copyOf(orders.values());
    }

    public List<Event> history() {
        return List.copyOf(history);
    }

    public List<Decision.Mark> marks() {
        return List.copyOf(marks);
    }

    public Composition composition() {
        return world.observe().composition();
    }

    public List<Instance> instances() {
        return world.observe().instances();
    }

    public List<TinyWorld.Started> starts() {
        return world.started();
    }

    public Instant now() {
        return now;
    }

    public Occasion occasion() {
        return new Occasion(ANNE, now);
    }

    public Assignment assignment() {
        return new Assignment(new ChangeOrderId("order-" + ++made), node);
    }

    public Settings settings() {
        return application.settled().settingsIfAny().orElseThrow();
    }

    private RevisionId revision() {
        return application.settled().revisionIfAny().orElseThrow();
    }

    public static Entry entry(RevisionId revision) {
        return new Entry(revision, 0);
    }

    public static Entry entry(RevisionId revision, int generation) {
        return new Entry(revision, generation);
    }

    /** This many of the first generations of the first, second and third revision. */
    public static Composition mix(int ofR1, int ofR2, int ofR3) {
        return new Composition(Map.of(entry(R1), ofR1, entry(R2), ofR2, entry(R3), ofR3));
    }
}
