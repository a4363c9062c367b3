package io.changeorder.domain.order;

import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.InstanceFailure;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Why a live order needs a person. */
public sealed interface Attention {
    <T> T match(
            Supplier<T> limitsBlock,
            Supplier<T> deadline,
            Function<InstanceFailed, T> instanceFailed,
            Function<RestoreIncomplete, T> restoreIncomplete,
            Function<RuntimeBroken, T> runtimeBroken);

    /** Whether this tells a person the same as the other, though perhaps in other words. */
    default boolean isAsGoodAs(Attention other) {
        return withoutWords().equals(other.withoutWords());
    }

    private Attention withoutWords() {
        return match(
                () -> this,
                () -> this,
                failed -> new InstanceFailed(new InstanceFailure(
                        failed.failure().instance(), failed.failure().kind(), "")),
                incomplete -> new RestoreIncomplete(incomplete.differences().stream()
                        .map(difference ->
                                new Difference(difference.kind(), difference.instance(), difference.expected(), ""))
                        .toList()),
                broken -> new RuntimeBroken(""));
    }

    /** The limits forbid every step; retry with other limits. */
    record LimitsBlock() implements Attention {
        @Override
        public <T> T match(
                Supplier<T> limitsBlock,
                Supplier<T> deadline,
                Function<InstanceFailed, T> instanceFailed,
                Function<RestoreIncomplete, T> restoreIncomplete,
                Function<RuntimeBroken, T> runtimeBroken) {
            return limitsBlock.get();
        }
    }

    /** It takes longer than a batch may: a slow stop, or a runtime that can't be reached. */
    record DeadlinePassed() implements Attention {
        @Override
        public <T> T match(
                Supplier<T> limitsBlock,
                Supplier<T> deadline,
                Function<InstanceFailed, T> instanceFailed,
                Function<RestoreIncomplete, T> restoreIncomplete,
                Function<RuntimeBroken, T> runtimeBroken) {
            return deadline.get();
        }
    }

    /** An instance of a rollback failed; there is nothing further to fall back to. */
    record InstanceFailed(InstanceFailure failure) implements Attention {
        @Override
        public <T> T match(
                Supplier<T> limitsBlock,
                Supplier<T> deadline,
                Function<InstanceFailed, T> instanceFailed,
                Function<RestoreIncomplete, T> restoreIncomplete,
                Function<RuntimeBroken, T> runtimeBroken) {
            return instanceFailed.apply(this);
        }
    }

    /** The rollback is done but the world is not what it was. */
    record RestoreIncomplete(List<Difference> differences) implements Attention {
        public RestoreIncomplete {
            differences = List.copyOf(differences);
        }

        @Override
        public <T> T match(
                Supplier<T> limitsBlock,
                Supplier<T> deadline,
                Function<InstanceFailed, T> instanceFailed,
                Function<RestoreIncomplete, T> restoreIncomplete,
                Function<RuntimeBroken, T> runtimeBroken) {
            return restoreIncomplete.apply(this);
        }
    }

    /**
     * The runtime did what no runtime may, so nothing can be known of the world or nothing done; ends by itself when it
     * does what it is told again.
     *
     * @param how what it did, for people
     */
    record RuntimeBroken(String how) implements Attention {
        @Override
        public <T> T match(
                Supplier<T> limitsBlock,
                Supplier<T> deadline,
                Function<InstanceFailed, T> instanceFailed,
                Function<RestoreIncomplete, T> restoreIncomplete,
                Function<RuntimeBroken, T> runtimeBroken) {
            return runtimeBroken.apply(this);
        }
    }
}
