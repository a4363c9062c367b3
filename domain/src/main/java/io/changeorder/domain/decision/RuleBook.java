package io.changeorder.domain.decision;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An ordered list of named rules; the first refusal wins.
 *
 * @param <C> the case that is judged
 * @param rules in the order in which they are asked
 */
public record RuleBook<C>(List<Rule<C>> rules) {
    public RuleBook {
        rules = List.copyOf(rules);
    }

    /** The first refusal; empty when every rule allows it. */
    public Optional<Refusal> judge(C judged) {
        return rules.stream()
                .flatMap(rule -> rule.refusal().apply(judged).stream())
                .findFirst();
    }

    /**
     * One rule.
     *
     * @param name a sentence that says when it refuses
     * @param refusal the refusal, or empty where it allows
     */
    public record Rule<C>(String name, Function<C, Optional<Refusal>> refusal) {
        static <C> Rule<C> refuse(String name, Predicate<C> when, Function<C, Refusal> refusal) {
            return new Rule<>(
                    name, judged -> when.test(judged) ? Optional.of(refusal.apply(judged)) : Optional.empty());
        }
    }
}
