package io.changeorder.domain.exploration;

import io.changeorder.domain.app.Application;
import io.changeorder.domain.decision.Decision;
import io.changeorder.domain.decision.Effect;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Proof;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that is built wrongly, so that an invariant does not hold; the explorer has to find it. What a flaw does not
 * say otherwise is right.
 */
enum Flaw {
    NONE(Optional.empty()),

    // ---- in the runtime and the store

    THE_RUNTIME_IGNORES_FENCES(Invariant.NOTHING_OLDER) {
        @Override
        boolean admits(Fence asked, Fence seen) {
            return true;
        }
    },
    PROOFS_ALWAYS_HOLD(Invariant.PROVED) {
        @Override
        Proof proved(Proof right) {
            return new Proof(List.of(), right.evidence(), right.unchecked());
        }
    },
    THE_STORE_IGNORES_VERSIONS(Invariant.EXACTLY_ONE_WINS) {
        @Override
        boolean accepts(Decision.Accepted change, Store store) {
            return true;
        }
    },
    COMMITS_ARE_HALF_WRITTEN(Invariant.AT_MOST_ONE_LIVE) {
        @Override
        Decision.Accepted committed(Decision.Accepted right, Store store) {
            List<ChangeOrder> last = right.orders().stream()
                    .skip(Math.max(0, right.orders().size() - 1L))
                    .toList();
            return new Decision.Accepted(
                    right.application(), last, right.events(), right.effects(), right.rolledBack());
        }
    },
    EVENTS_GET_LOST(Invariant.FOLDS) {
        @Override
        Decision.Accepted committed(Decision.Accepted right, Store store) {
            return with(right, right.events().stream().skip(1).toList());
        }
    },

    // ---- in what is decided

    THE_FENCE_DOES_NOT_GROW(Invariant.FENCE_GROWS) {
        @Override
        Decision.Accepted committed(Decision.Accepted right, Store store) {
            return with(right, right.application(), store.application().fence());
        }
    },
    AN_ABORT_SETTLES(Invariant.ONLY_SUCCESS_SETTLES) {
        @Override
        Decision.Accepted committed(Decision.Accepted right, Store store) {
            return right.orders().stream()
                    .filter(order -> order.status() == Status.ABORTED)
                    .findFirst()
                    .map(order -> with(
                            right,
                            right.application().withSettled(order.change().after()),
                            right.application().fence()))
                    .orElse(right);
        }
    },
    THE_ENGINE_USES_ANOTHERS_NAME(Invariant.WHO_AND_WHEN) {
        @Override
        Decision.Accepted committed(Decision.Accepted right, Store store) {
            return with(right, right.events().stream().map(Flaw::byAnother).toList());
        }
    },
    REFUSALS_ARE_FROM_MEMORY(Invariant.TRUTHFUL_REFUSAL) {
        @Override
        Refusal told(Refusal right) {
            return new Refusal(
                    right.reason(),
                    right.subject(),
                    right.detail(),
                    right.order()
                            .map(facts -> new Refusal.OrderFacts(
                                    facts.id(), Status.PREPARING, Optional.empty(), facts.rollback())));
        }
    },
    ROLLBACKS_ARE_ABORTED_LIKE_OTHERS(Invariant.ROLLBACK_UNDISTURBED),
    THE_ROLLBACK_IS_LEFT_FOR_LATER(Invariant.ONE_COMMIT),
    A_ROLLBACK_STARTS_FROM_SCRATCH(Invariant.SPARED) {
        @Override
        List<Effect> done(List<Effect> right, ChangeOrder order, SmallRuntime runtime) {
            Stream<Effect> away = runtime.present().counts().keySet().stream()
                    .filter(entry ->
                            order.isRollback() && order.change().target().wants(entry))
                    .map(entry -> new Effect.Scale(entry, 0, order.fence()));
            return Stream.concat(away, right.stream()).toList();
        }
    },
    ALL_OLD_ONES_GO_AT_ONCE(Invariant.FLOOR) {
        @Override
        List<Effect> done(List<Effect> right, ChangeOrder order, SmallRuntime runtime) {
            return scaled(right, order, runtime, false, 0);
        }
    },
    OLD_ONES_COME_TOO(Invariant.ONLY_THE_TARGET_GROWS) {
        @Override
        List<Effect> done(List<Effect> right, ChangeOrder order, SmallRuntime runtime) {
            return scaled(right, order, runtime, false, runtime.ones().size() + 1);
        }
    },
    ALL_NEW_ONES_COME_AT_ONCE(Invariant.CEILING) {
        @Override
        List<Effect> done(List<Effect> right, ChangeOrder order, SmallRuntime runtime) {
            return scaled(right, order, runtime, true, order.change().limits().ceiling() + 1);
        }
    },
    SLEEP_HAS_NO_END(Invariant.LOOKS_AGAIN) {
        @Override
        Optional<Instant> sleeps(Optional<Instant> right) {
            return Optional.empty();
        }
    },

    // ---- in the order in which things are done

    EFFECTS_COME_BEFORE_THEIR_COMMIT(Invariant.INTENTION_FIRST),
    AN_ABORT_IS_ANSWERED_BEFORE_THE_FENCE_IS_RAISED(Invariant.NOTHING_OLDER),
    AN_ABORT_IS_ANSWERED_BEFORE_IT_IS_COMMITTED(Invariant.DURABLE_ANSWER),
    WHAT_WAS_HALTED_IS_FORGOTTEN_BY_A_CRASH(Invariant.COMES_TO_REST),
    THE_DRIVER_NEVER_SLEEPS(Invariant.WITHIN_A_BOUND);

    private final Optional<Invariant> broken;

    Flaw(Optional<Invariant> broken) {
        this.broken = broken;
    }

    Flaw(Invariant broken) {
        this(Optional.of(broken));
    }

    /** What does not hold with it, perhaps among others. */
    Optional<Invariant> broken() {
        return broken;
    }

    boolean admits(Fence asked, Fence seen) {
        return !asked.isOlderThan(seen);
    }

    Proof proved(Proof right) {
        return right;
    }

    boolean accepts(Decision.Accepted change, Store store) {
        return store.isAbout(change);
    }

    Decision.Accepted committed(Decision.Accepted right, Store store) {
        return right;
    }

    Refusal told(Refusal right) {
        return right;
    }

    List<Effect> done(List<Effect> right, ChangeOrder order, SmallRuntime runtime) {
        return right;
    }

    Optional<Instant> sleeps(Optional<Instant> right) {
        return right;
    }

    private static Event byAnother(Event right) {
        return new Event(
                right.application(), right.number(), right.at(), new Actor("mallory"), right.fence(), right.what());
    }

    private static List<Effect> scaled(
            List<Effect> right, ChangeOrder order, SmallRuntime runtime, boolean growing, int count) {
        return right.stream()
                .<Effect>map(each ->
                        each instanceof Effect.Scale scale && scale.count() > runtime.count(scale.entry()) == growing
                                ? new Effect.Scale(scale.entry(), count, order.fence())
                                : each)
                .toList();
    }

    private static Decision.Accepted with(Decision.Accepted right, List<Event> events) {
        return new Decision.Accepted(right.application(), right.orders(), events, right.effects(), right.rolledBack());
    }

    private static Decision.Accepted with(Decision.Accepted right, Application changed, Fence fence) {
        Application application = new Application(
                changed.id(),
                changed.name(),
                changed.namespace(),
                changed.createdAt(),
                changed.version(),
                changed.events(),
                fence,
                changed.liveOrder(),
                changed.lastOrder(),
                changed.settled(),
                changed.generation(),
                changed.intended(),
                changed.touched(),
                changed.growth());
        return new Decision.Accepted(application, right.orders(), right.events(), right.effects(), right.rolledBack());
    }
}
