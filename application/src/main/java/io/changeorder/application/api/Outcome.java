package io.changeorder.application.api;

import io.changeorder.domain.decision.Refusal;
import java.util.function.Function;

/**
 * The answer to a call. Broken infrastructure is thrown instead ({@code StoreUnavailableException}); then nothing was
 * done that the answer would have told of.
 *
 * @param <T> what an accepted call gives
 */
public sealed interface Outcome<T> {
    <R> R match(Function<? super T, R> accepted, Function<Refusal, R> refused);

    /**
     * The answer, for callers that expect no refusal.
     *
     * @throws IllegalStateException when the call was refused; the message says why
     */
    default T orElseThrow() {
        return match(answer -> answer, refusal -> {
            throw new IllegalStateException("refused: " + refusal);
        });
    }

    /** The call was accepted; a command is durable by now. */
    record Accepted<T>(T answer) implements Outcome<T> {
        @Override
        public <R> R match(Function<? super T, R> accepted, Function<Refusal, R> refused) {
            return accepted.apply(answer);
        }
    }

    /** The call was refused, and nothing has changed because of it. */
    record Refused<T>(Refusal refusal) implements Outcome<T> {
        @Override
        public <R> R match(Function<? super T, R> accepted, Function<Refusal, R> refused) {
            return refused.apply(refusal);
        }
    }

    static <T> Outcome<T> accepted(T answer) {
        return new Accepted<>(answer);
    }

    static <T> Outcome<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }
}
