package io.changeorder.application;

import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.awaitNow;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.fixture.Death;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.fixture.Interceptor;
import io.changeorder.application.fixture.Interceptor.Call;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An engine dies before, after or in the middle of each of its calls that change something, one world for each; another
 * one finishes what it began, and the dead one's last call does no harm when it wakes up.
 */
class CrashTest {
    private static final UpdateStrategy TWO_BATCHES = UpdateStrategy.automatic(2, Duration.ofSeconds(1));

    @ParameterizedTest
    @EnumSource
    void aDeploymentSurvivesTheDeathOfItsEngineAtAnyCall(Death.Kind kind) {
        assertSurvives(kind, Deployment::new);
    }

    @ParameterizedTest
    @EnumSource
    void aRollbackSurvivesTheDeathOfItsEngineAtAnyCall(Death.Kind kind) {
        assertSurvives(kind, Rollback::new);
    }

    @ParameterizedTest
    @EnumSource
    void aDeletionSurvivesTheDeathOfItsEngineAtAnyCall(Death.Kind kind) {
        assertSurvives(kind, Deletion::new);
    }

    @ParameterizedTest
    @EnumSource
    void aPlainAbortSurvivesTheDeathOfItsEngineAtAnyCall(Death.Kind kind) {
        assertSurvives(kind, PlainAbort::new);
    }

    @ParameterizedTest
    @EnumSource
    void aTakeOverSurvivesTheDeathOfItsEngineAtAnyCall(Death.Kind kind) {
        for (int call = 1; ; call++) {
            try (EngineWorld world = new EngineWorld()) {
                Deployment story = new Deployment();
                story.prepare(world);
                Death first = Death.of(Death.Kind.BEFORE, 2, Call.SCALE::equals);
                world.succeed(first);
                accepted(story.command(world));
                world.awaitThat(first::isReached);
                Death second = Death.of(kind, call);
                world.abandon(second);
                world.awaitThat(() -> second.isReached() || isAtRest(world, story.app));
                if (!second.isReached()) {
                    assertThat(call).as("calls of a take-over").isGreaterThan(4);
                    return;
                }
                finish(world, story, second);
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("an engine that dies at call " + call + ", " + kind, broken);
            }
        }
    }

    private static void assertSurvives(Death.Kind kind, Supplier<? extends Story> telling) {
        for (int call = 1; ; call++) {
            try (EngineWorld world = new EngineWorld()) {
                Story story = telling.get();
                story.prepare(world);
                Death death = Death.of(kind, call);
                world.succeed(death);
                CompletableFuture<Outcome<Receipt>> answer = CompletableFuture.supplyAsync(() -> story.command(world));
                world.awaitThat(() -> death.isReached() || (answer.isDone() && isAtRest(world, story.app)));
                if (!death.isReached()) {
                    assertThat(call).as("calls of an untouched story").isGreaterThan(3);
                    story.awaitEnd(world);
                    assertThat(world.orders(story.app)).hasSize(story.orders());
                    return;
                }
                if (kind != Death.Kind.FREEZES) {
                    awaitNow(answer::isDone);
                }
                boolean acknowledged = answer.isDone() && !answer.isCompletedExceptionally();
                assertThat(story.isCommitted(world) || !acknowledged)
                        .as("an accepted command is durable before its answer, call %s", call)
                        .isTrue();
                finish(world, story, death);
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("an engine that dies at call " + call + ", " + kind, broken);
            }
        }
    }

    /** Another engine finishes it by itself, or is given the command that was lost. */
    private static void finish(EngineWorld world, Story story, Death death) {
        world.abandon(Interceptor.NONE);
        boolean lost = !story.isCommitted(world);
        if (lost) {
            // A frozen engine's caller may win after all; then this one is told so.
            Outcome<Receipt> again = story.command(world);
            assertThat(story.isCommitted(world)).as("after %s", again).isTrue();
        }
        story.awaitEnd(world);
        world.awaitThat(() -> isAtRest(world, story.app));
        int effects = world.runtime().effects().size();
        long events = world.application(story.app).events();
        death.wakeUp();
        world.restart();
        world.awaitThat(() -> isAtRest(world, story.app));
        if (lost) {
            // A command that froze before it was accepted is decided when it wakes up, on what there is then.
            return;
        }
        story.awaitEnd(world);
        assertThat(world.orders(story.app)).hasSize(story.orders());
        assertThat(world.runtime().effects()).as("nothing more is done").hasSize(effects);
        assertThat(world.application(story.app).events())
                .as("nothing more is committed")
                .isEqualTo(events);
    }

    private static boolean isAtRest(EngineWorld world, ApplicationId app) {
        return !world.application(app).growth().isHalted()
                && world.application(app).liveOrder().isEmpty();
    }

    /** What happens in a world until its engine dies, and how it must end. */
    private abstract static class Story {
        Revision v1 = aRevision("1");
        Revision v2 = aRevision("2");
        ApplicationId app = new ApplicationId("none");

        /** The command that the dying engine is given. */
        abstract Outcome<Receipt> command(EngineWorld world);

        /** Whether the command was carried out, though its answer may be lost. */
        abstract boolean isCommitted(EngineWorld world);

        /** How many orders there are at the end. */
        int orders() {
            return 2;
        }

        /** Waits until it ended as it must. */
        abstract void awaitEnd(EngineWorld world);

        void prepare(EngineWorld world) {
            v1 = world.pinned(v1);
            v2 = world.pinned(v2);
            app = world.running("hello", v1, swift(2));
        }

        void assertOnly(EngineWorld world, Revision revision, int count) {
            assertThat(world.world(app).count(revision.id())).isEqualTo(count);
            assertThat(world.world(app).total()).isEqualTo(count);
        }

        ChangeOrder last(EngineWorld world) {
            return world.order(world.application(app).lastOrder().orElseThrow());
        }
    }

    private static final class Deployment extends Story {
        @Override
        Outcome<Receipt> command(EngineWorld world) {
            return world.alice().deploy(app, v2, settings -> settings.withStrategy(TWO_BATCHES));
        }

        @Override
        boolean isCommitted(EngineWorld world) {
            return world.orders(app).size() >= 2;
        }

        @Override
        void awaitEnd(EngineWorld world) {
            world.awaitStatus(last(world).id(), Status.SUCCEEDED);
            assertOnly(world, v2, 2);
        }
    }

    private abstract static class Half extends Story {
        ChangeOrderId order = new ChangeOrderId("none");

        @Override
        void prepare(EngineWorld world) {
            super.prepare(world);
            order = world.halfDeployed(app, v2);
        }

        @Override
        boolean isCommitted(EngineWorld world) {
            return world.order(order).status() == Status.ABORTED;
        }
    }

    private static final class Rollback extends Half {
        @Override
        int orders() {
            return 3;
        }

        @Override
        Outcome<Receipt> command(EngineWorld world) {
            return world.alice().abortAndRollBack(order);
        }

        @Override
        void awaitEnd(EngineWorld world) {
            Optional<ChangeOrderId> rollback = world.order(order).undoneBy();
            world.awaitStatus(rollback.orElseThrow(), Status.SUCCEEDED);
            assertOnly(world, v1, 2);
        }
    }

    private static final class PlainAbort extends Half {
        @Override
        Outcome<Receipt> command(EngineWorld world) {
            return world.alice().abort(order);
        }

        @Override
        void awaitEnd(EngineWorld world) {
            world.awaitRest(app);
            assertThat(world.world(app).count(v1.id())).isEqualTo(1);
            assertThat(world.world(app).count(v2.id())).isEqualTo(1);
        }
    }

    private static final class Deletion extends Story {
        @Override
        Outcome<Receipt> command(EngineWorld world) {
            return world.alice().delete(app);
        }

        @Override
        boolean isCommitted(EngineWorld world) {
            return world.orders(app).size() >= 2;
        }

        @Override
        void awaitEnd(EngineWorld world) {
            world.awaitStatus(last(world).id(), Status.SUCCEEDED);
            world.awaitRest(app);
            assertThat(world.runtime().observe(app).instances()).isEmpty();
            assertThat(world.application(app).isDeleted()).isTrue();
        }
    }
}
