package io.changeorder.bootstrap.race;

import io.changeorder.application.fake.Behaviour;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.spi.runtime.ApplicationRuntime.Preparation;
import io.changeorder.domain.app.ReadyFloor;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.List;

/** Where an order stands when everybody comes at once, and what the engine is about to do by itself. */
enum Brink {
    /** A person is to start the second batch; the engine does nothing. */
    CONFIRMATION,
    /** A timer is about to start the second batch. */
    NEXT_BATCH,
    /** The last instances are about to be ready. */
    COMPLETION,
    /** An instance is about to have exited too often: the order fails, and nothing is rolled back. */
    FAILURE,
    /** The same in the first of two batches: the order fails, and is rolled back. */
    FAILURE_WITH_ROLLBACK,
    /** The patience with instances that are not ready is about to end: the order fails. */
    PATIENCE,
    /** The old instances do not go, and the batch's deadline is about to pass: the order needs a person. */
    DEADLINE;

    private static final int REPLICAS = 2;
    /** An instance has failed when it exited more often than three times. */
    private static final int EXITS_OF_A_FAILED_INSTANCE = 4;

    private static final Duration PAUSE = Duration.ofSeconds(60);
    private static final Duration LONGER_THAN_PATIENCE = Duration.ofSeconds(601);
    private static final Duration LONGER_THAN_A_BATCH = Duration.ofMinutes(31);

    /** What is called at once, each by somebody else. */
    List<Verb> verbs() {
        return switch (this) {
            case CONFIRMATION ->
                List.of(
                        Verb.ABORT,
                        Verb.CONFIRM,
                        Verb.ABORT_AND_ROLL_BACK,
                        Verb.CONFIRM,
                        Verb.ABORT_WITH_ROLLBACK,
                        Verb.REJECT);
            case NEXT_BATCH -> List.of(Verb.ABORT, Verb.CONFIRM, Verb.ABORT_AND_ROLL_BACK, Verb.CONFIRM, Verb.REJECT);
            case COMPLETION, FAILURE_WITH_ROLLBACK ->
                List.of(Verb.ABORT, Verb.ABORT_AND_ROLL_BACK, Verb.ABORT_WITH_ROLLBACK, Verb.CONFIRM);
            case FAILURE -> List.of(Verb.ABORT, Verb.ABORT_AND_ROLL_BACK, Verb.ABORT_WITH_ROLLBACK, Verb.RETRY);
            case PATIENCE -> List.of(Verb.ABORT, Verb.ABORT_AND_ROLL_BACK, Verb.ABORT_WITH_ROLLBACK, Verb.REJECT);
            case DEADLINE -> List.of(Verb.RETRY, Verb.ABORT, Verb.ABORT_AND_ROLL_BACK, Verb.RETRY);
        };
    }

    boolean killsInstances() {
        return this == FAILURE || this == FAILURE_WITH_ROLLBACK;
    }

    private UpdateStrategy strategy() {
        return switch (this) {
            case CONFIRMATION, FAILURE_WITH_ROLLBACK -> UpdateStrategy.manual(2);
            case NEXT_BATCH -> UpdateStrategy.automatic(2, PAUSE);
            case COMPLETION, FAILURE, PATIENCE, DEADLINE -> UpdateStrategy.SINGLE_BATCH;
        };
    }

    private Behaviour before() {
        return this == DEADLINE ? Behaviour.USUAL.stoppingFor(LONGER_THAN_A_BATCH.multipliedBy(2)) : Behaviour.USUAL;
    }

    private Behaviour after() {
        return switch (this) {
            case CONFIRMATION, NEXT_BATCH, DEADLINE -> Behaviour.USUAL;
            case COMPLETION -> Behaviour.readyAfter(PAUSE);
            case FAILURE, FAILURE_WITH_ROLLBACK, PATIENCE -> Behaviour.neverReady();
        };
    }

    /** A new application with an order that stands there. */
    Round prepare(ServedWorld world, int number) {
        Revision first = revision(world, number + "-before", before());
        Revision second = revision(world, number + "-after", after());
        Settings settings = EngineWorld.swift(REPLICAS).withFloor(ReadyFloor.of(0));
        var created = EngineWorld.accepted(world.alice().create("round-" + number, first, settings));
        ApplicationId application = created.application();
        awaitStatus(world, created.order().orElseThrow(), Status.SUCCEEDED);
        ChangeOrderId order =
                EngineWorld.orderOf(world.alice().deploy(application, second, kept -> kept.withStrategy(strategy())));
        Round round = new Round(number, this, application, first, second, order);
        world.await(this + " is reached", () -> isReached(world, round));
        return round;
    }

    private static Revision revision(ServedWorld world, String name, Behaviour behaviour) {
        Revision pinned = world.runtime()
                .prepare(Revision.fatJar(Artifact.at("file:///srv/" + name + ".jar")))
                .match(Preparation.Prepared::revision, unusable -> {
                    throw new AssertionError(unusable.why());
                });
        world.runtime().behave(pinned, behaviour);
        return pinned;
    }

    private static void awaitStatus(ServedWorld world, ChangeOrderId order, Status status) {
        world.await(order + " is " + status, () -> world.status(order) == status);
    }

    private boolean isReached(ServedWorld world, Round round) {
        Status status = world.status(round.order());
        List<Instance> instances = world.instances(round.application());
        return switch (this) {
            case CONFIRMATION -> status == Status.AWAITING_CONFIRMATION;
            case NEXT_BATCH -> status == Status.AWAITING_NEXT_BATCH;
            case COMPLETION, FAILURE, PATIENCE -> round.ofAfter(instances).size() == REPLICAS;
            case FAILURE_WITH_ROLLBACK -> round.ofAfter(instances).size() == 1;
            case DEADLINE -> instances.stream().allMatch(Instance::isStopping);
        };
    }

    /** Makes the engine do what it is about to do. */
    void push(ServedWorld world, Round round) {
        switch (this) {
            case CONFIRMATION -> {}
            case NEXT_BATCH, COMPLETION -> world.clock().advance(PAUSE);
            case FAILURE, FAILURE_WITH_ROLLBACK -> makeFail(world, round);
            case PATIENCE -> world.clock().advance(LONGER_THAN_PATIENCE);
            case DEADLINE -> world.clock().advance(LONGER_THAN_A_BATCH);
        }
        world.runtime().notifyChange(round.application());
    }

    private static void makeFail(ServedWorld world, Round round) {
        for (Instance instance : round.ofAfter(world.instances(round.application()))) {
            unlessGone(() -> exitTooOften(world, round.application(), instance.id()));
        }
    }

    private static void exitTooOften(ServedWorld world, ApplicationId application, InstanceId instance) {
        for (int exit = 0; exit < EXITS_OF_A_FAILED_INSTANCE; exit++) {
            world.runtime().kill(application, instance);
        }
    }

    private static void unlessGone(Runnable action) {
        try {
            action.run();
        } catch (IllegalArgumentException gone) {
            // Whoever aborted was faster: the world has no such instance any more, and nothing is to be pushed.
            return;
        }
    }
}
