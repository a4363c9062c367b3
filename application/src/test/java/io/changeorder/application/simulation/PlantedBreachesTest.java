package io.changeorder.application.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.fake.InMemoryChangeOrderStore;
import io.changeorder.application.fixture.ForwardingRuntime;
import io.changeorder.application.fixture.ForwardingStore;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.IdempotencyKey;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Each law can fail: an adapter that breaks it is found within a few seeds. */
class PlantedBreachesTest {
    /** Those that need a freeze at the wrong moment are met in one of four worlds. */
    private static final int A_FEW = 20;

    // ---- runtimes

    @Test
    void aRuntimeThatIgnoresFencesIsFound() {
        assertRuntimeFound("under fence", inner -> new ForwardingRuntime(inner) {
            private final Map<ApplicationId, Fence> newest = new HashMap<>();

            @Override
            public boolean raise(ApplicationId application, Fence fence, Duration limit) {
                newest.merge(application, fence, (old, other) -> old.isOlderThan(other) ? other : old);
                return super.raise(application, fence, limit);
            }

            @Override
            public ScaleResult scale(
                    ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
                Fence known = newest.getOrDefault(application, fence);
                return super.scale(application, entry, revision, count, fence.isOlderThan(known) ? known : fence);
            }
        });
    }

    @Test
    void aRuntimeThatConfirmsAFenceThatItDoesNotRaiseIsFound() {
        assertRuntimeFound("under fence", inner -> new ForwardingRuntime(inner) {
            @Override
            public boolean raise(ApplicationId application, Fence fence, Duration limit) {
                return true;
            }
        });
    }

    @Test
    void aRuntimeThatShowsAnOlderWorldIsFound() {
        assertRuntimeFound("", inner -> new ForwardingRuntime(inner) {
            private static final Duration KEPT = Duration.ofSeconds(20);
            private final Map<ApplicationId, Observation> cache = new HashMap<>();

            @Override
            public Observation observe(ApplicationId application) {
                Observation now = super.observe(application);
                Observation kept = cache.merge(
                        application, now, (old, fresh) -> old.at().plus(KEPT).isAfter(fresh.at()) ? old : fresh);
                return new Observation(now.at(), kept.instances());
            }
        });
    }

    @Test
    void aRuntimeThatStartsOneTooManyIsFound() {
        assertRuntimeFound("", inner -> new ForwardingRuntime(inner) {
            @Override
            public ScaleResult scale(
                    ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
                return super.scale(application, entry, revision, count > 1 ? count + 1 : count, fence);
            }
        });
    }

    @Test
    void aRuntimeThatEndsMoreThanItIsToldIsFound() {
        assertRuntimeFound("below the floor", inner -> new ForwardingRuntime(inner) {
            @Override
            public ScaleResult scale(
                    ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
                boolean shrinks = super.observe(application).composition().count(entry) > count;
                return super.scale(application, entry, revision, shrinks ? Math.max(0, count - 1) : count, fence);
            }
        });
    }

    @Test
    void aRuntimeThatLosesWhatItWasAskedForIsFound() {
        assertRuntimeFound("", inner -> new ForwardingRuntime(inner) {
            private int calls;

            @Override
            public ScaleResult scale(
                    ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
                return ++calls % 5 == 0
                        ? ScaleResult.INITIATED
                        : super.scale(application, entry, revision, count, fence);
            }
        });
    }

    @Test
    void aRuntimeThatThrowsWhatNobodyExpectsIsFound() {
        assertRuntimeFound("threw without any trouble", inner -> new ForwardingRuntime(inner) {
            private int proofs;

            @Override
            public Proof prove(
                    ApplicationId application,
                    Composition expected,
                    Function<Entry, Revision> revisions,
                    Duration readyFor) {
                if (++proofs % 3 == 0) {
                    throw new IllegalStateException("a bug");
                }
                return super.prove(application, expected, revisions, readyFor);
            }
        });
    }

    // ---- stores

    @Test
    void aStoreThatLosesACommitIsFound() {
        assertStoreFound("the store lost version", () -> new ForwardingStore(new InMemoryChangeOrderStore()) {
            private int commits;

            @Override
            public CommitResult commit(Commit commit) {
                return ++commits % 50 == 0 ? CommitResult.COMMITTED : super.commit(commit);
            }
        });
    }

    @Test
    void aStoreThatLosesACommitLaterIsFound() {
        assertStoreFound("", () -> new ForwardingStore(new InMemoryChangeOrderStore()) {
            private final Map<ApplicationId, ApplicationState> old = new HashMap<>();

            @Override
            public CommitResult commit(Commit commit) {
                inner.findApplication(commit.application().id())
                        .ifPresent(state -> old.put(commit.application().id(), state));
                return super.commit(commit);
            }

            @Override
            public Optional<ApplicationState> findApplication(ApplicationId id) {
                return super.findApplication(id)
                        .map(now -> now.application().version() % 11 == 0 ? old.getOrDefault(id, now) : now);
            }
        });
    }

    @Test
    void aStoreThatCommitsWhateverComesIsFound() {
        assertStoreFound("", () -> new InMemoryChangeOrderStore(new CarelessDatabase()));
    }

    @Test
    void aStoreThatForgetsAnswersIsFound() {
        assertStoreFound("committed", () -> new ForwardingStore(new InMemoryChangeOrderStore()) {
            @Override
            public Optional<StoredAnswer> findAnswer(IdempotencyKey key, Instant notBefore) {
                return Optional.empty();
            }

            @Override
            public CommitResult commit(Commit commit) {
                return super.commit(new Commit(
                        commit.expectedVersion(),
                        commit.application(),
                        commit.orders(),
                        commit.versions(),
                        commit.events(),
                        Optional.empty(),
                        commit.by(),
                        commit.audit()));
            }
        });
    }

    @Test
    void aStoreThatForgetsHistoryIsFound() {
        assertStoreFound("the history folds to", () -> new ForwardingStore(new InMemoryChangeOrderStore()) {
            @Override
            public List<Event> history(ApplicationId application, long from, int limit) {
                List<Event> all = super.history(application, from, limit);
                return all.subList(0, all.size() - 1);
            }
        });
    }

    @Test
    void aStoreThatFindsNothingUnattendedIsFound() {
        assertStoreFound("neither ended nor waiting", () -> new ForwardingStore(new InMemoryChangeOrderStore()) {
            @Override
            public List<ApplicationId> findUnattended(NodeId node, int limit) {
                return List.of();
            }
        });
    }

    // ---- how they are found

    private static void assertRuntimeFound(String law, UnaryOperator<ApplicationRuntime> runtime) {
        assertFound(law, simulation -> simulation.withRuntime(runtime));
    }

    private static void assertStoreFound(String law, Supplier<ChangeOrderStore> store) {
        assertFound(law, simulation -> simulation.withStore(store));
    }

    private static void assertFound(String law, Function<Simulation, Simulation> planted) {
        for (long seed = 1; seed <= A_FEW; seed++) {
            Run run = planted.apply(Simulation.of(seed)).run();
            if (!run.breaches().isEmpty()) {
                assertThat(run.breaches().get(0)).contains(law);
                return;
            }
        }
        throw new AssertionError("not found within " + A_FEW + " seeds");
    }
}
