package io.changeorder.application.contract.trial;

import io.changeorder.application.fake.SimulatedRuntime;
import io.changeorder.application.fixture.ForwardingRuntime;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Runtimes each of which keeps the contract but for one thing. */
final class FlawedRuntimes {
    private FlawedRuntimes() {}

    /** Whoever calls is obeyed. */
    static ApplicationRuntime ignoringFences(SimulatedRuntime world) {
        return new ForwardingRuntime(world) {
            @Override
            public ScaleResult scale(
                    ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
                return inner.scale(application, entry, revision, count, newest(world, application, fence));
            }

            @Override
            public ScaleResult startAfresh(ApplicationId application, Set<InstanceId> replaced, Fence fence) {
                return inner.startAfresh(application, replaced, newest(world, application, fence));
            }
        };
    }

    /** The first to call after a reopening is obeyed. */
    static ApplicationRuntime forgettingFencesOverAReopening(SimulatedRuntime world) {
        Set<ApplicationId> remembered = new HashSet<>();
        return new ForwardingRuntime(world) {
            @Override
            public ScaleResult scale(
                    ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
                boolean first = remembered.add(application);
                Fence used = first ? newest(world, application, fence) : fence;
                return inner.scale(application, entry, revision, count, used);
            }
        };
    }

    private static Fence newest(SimulatedRuntime world, ApplicationId application, Fence fence) {
        Fence known = world.fence(application);
        return fence.isOlderThan(known) ? known : fence;
    }

    /** A repeated call brings as many instances again. */
    static ApplicationRuntime doublingRepeatedScales(SimulatedRuntime world) {
        Map<Entry, Integer> wished = new HashMap<>();
        return new ForwardingRuntime(world) {
            @Override
            public ScaleResult scale(
                    ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
                boolean repeated = Optional.of(count).equals(Optional.ofNullable(wished.put(entry, count)));
                return inner.scale(application, entry, revision, repeated ? 2 * count : count, fence);
            }
        };
    }

    /** What exits after a reopening does not come back. */
    static Function<SimulatedRuntime, ApplicationRuntime> losingTheWishOverAReopening() {
        Map<Entry, Revision> before = new HashMap<>();
        return world -> {
            Map<Entry, Revision> lost = Map.copyOf(before);
            return new ForwardingRuntime(world) {
                @Override
                public ScaleResult scale(
                        ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
                    before.put(entry, revision);
                    return inner.scale(application, entry, revision, count, fence);
                }

                @Override
                public Observation observe(ApplicationId application) {
                    List<Instance> seen = inner.observe(application).instances();
                    for (Entry entry : lost.keySet()) {
                        long running = seen.stream()
                                .filter(instance -> instance.entry().equals(entry))
                                .filter(instance -> instance.state() == Instance.State.RUNNING)
                                .count();
                        boolean exited = seen.stream()
                                .anyMatch(instance -> instance.entry().equals(entry)
                                        && instance.state() == Instance.State.BACKING_OFF);
                        if (exited) {
                            inner.scale(application, entry, lost.get(entry), (int) running, world.fence(application));
                        }
                    }
                    return inner.observe(application);
                }
            };
        };
    }

    /** The first observation after a scale is the last one before it. */
    static ApplicationRuntime observingFromBeforeAScale(SimulatedRuntime world) {
        return new ForwardingRuntime(world) {
            private Optional<Observation> old = Optional.empty();

            @Override
            public ScaleResult scale(
                    ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
                old = Optional.of(inner.observe(application));
                return inner.scale(application, entry, revision, count, fence);
            }

            @Override
            public Observation observe(ApplicationId application) {
                Observation seen = old.orElseGet(() -> inner.observe(application));
                old = Optional.empty();
                return seen;
            }
        };
    }

    /** The first observation after a raise is the last one before it. */
    static ApplicationRuntime observingFromBeforeARaise(SimulatedRuntime world) {
        return new ForwardingRuntime(world) {
            private Optional<Observation> old = Optional.empty();

            @Override
            public boolean raise(ApplicationId application, Fence fence, Duration limit) {
                old = Optional.of(inner.observe(application));
                return inner.raise(application, fence, limit);
            }

            @Override
            public Observation observe(ApplicationId application) {
                Observation seen = old.orElseGet(() -> inner.observe(application));
                old = Optional.empty();
                return seen;
            }
        };
    }

    /** A proof is made of what was known before the last scale. */
    static ApplicationRuntime provingFromBeforeAScale(SimulatedRuntime world) {
        return new ForwardingRuntime(world) {
            private Optional<Composition> old = Optional.empty();

            @Override
            public ScaleResult scale(
                    ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
                old = Optional.of(inner.observe(application).composition());
                return inner.scale(application, entry, revision, count, fence);
            }

            @Override
            public Proof prove(
                    ApplicationId application,
                    Composition expected,
                    Function<Entry, Revision> revisions,
                    Duration readyFor) {
                Proof proof = inner.prove(application, expected, revisions, readyFor);
                boolean wasSo = old.equals(Optional.of(expected));
                old = Optional.empty();
                return wasSo ? new Proof(List.of(), proof.evidence(), List.of()) : proof;
            }
        };
    }

    /** A raise does not wait for a call that runs. */
    static ApplicationRuntime confirmingARaiseTooEarly(SimulatedRuntime world) {
        return new ForwardingRuntime(world) {
            private int running;
            private Optional<Fence> raised = Optional.empty();

            @Override
            public ScaleResult scale(
                    ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
                changeRunning(1);
                try {
                    return inner.scale(application, entry, revision, count, fence);
                } finally {
                    changeRunning(-1);
                    takeRaised().ifPresent(late -> inner.raise(application, late, Duration.ZERO));
                }
            }

            @Override
            public boolean raise(ApplicationId application, Fence fence, Duration limit) {
                return isPutOff(fence) || inner.raise(application, fence, limit);
            }

            private synchronized boolean isPutOff(Fence fence) {
                if (running > 0) {
                    raised = Optional.of(fence);
                }
                return running > 0;
            }

            private synchronized Optional<Fence> takeRaised() {
                Optional<Fence> taken = raised;
                raised = Optional.empty();
                return taken;
            }

            private synchronized void changeRunning(int by) {
                running += by;
            }
        };
    }

    /** What is there at a raise is still replaced when it exits. */
    static ApplicationRuntime growingAfterARaise(SimulatedRuntime world) {
        Map<Entry, Revision> known = new HashMap<>();
        return new ForwardingRuntime(world) {
            @Override
            public ScaleResult scale(
                    ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
                known.put(entry, revision);
                return inner.scale(application, entry, revision, count, fence);
            }

            @Override
            public boolean raise(ApplicationId application, Fence fence, Duration limit) {
                boolean raised = inner.raise(application, fence, limit);
                inner.observe(application)
                        .composition()
                        .counts()
                        .forEach((entry, count) ->
                                inner.scale(application, entry, known.get(entry), count, world.fence(application)));
                return raised;
            }
        };
    }

    /** Nobody is told of anything. */
    static ApplicationRuntime tellingNobody(SimulatedRuntime world) {
        return new ForwardingRuntime(world) {
            @Override
            public void onChange(Consumer<ApplicationId> listener) {}
        };
    }

    /** Every proof holds. */
    static ApplicationRuntime provingAnything(SimulatedRuntime world) {
        return proving(world, difference -> false);
    }

    /** A proof does not look for what nobody ordered. */
    static ApplicationRuntime overlookingRogues(SimulatedRuntime world) {
        return proving(world, difference -> difference.kind() != Difference.Kind.ROGUE);
    }

    private static ApplicationRuntime proving(SimulatedRuntime world, Predicate<Difference> admitted) {
        return new ForwardingRuntime(world) {
            @Override
            public Proof prove(
                    ApplicationId application,
                    Composition expected,
                    Function<Entry, Revision> revisions,
                    Duration readyFor) {
                Proof proof = inner.prove(application, expected, revisions, readyFor);
                return new Proof(
                        proof.differences().stream().filter(admitted).toList(), proof.evidence(), proof.unchecked());
            }
        };
    }
}
