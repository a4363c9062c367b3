package io.changeorder.adapter.access.policy.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One condition of a statement: an operator on a key, with values of which one has to fit, or none. */
public final class Condition {
    private final ConditionOperator operator;
    private final ConditionKey key;
    private final List<String> values;
    private final List<Predicate<Circumstances>> fits;

    private Condition(
            ConditionOperator operator, ConditionKey key, List<String> values, List<Predicate<Circumstances>> fits) {
        this.operator = operator;
        this.key = key;
        this.values = List.copyOf(values);
        this.fits = List.copyOf(fits);
    }

    /** A condition without values; it needs at least one. */
    public static Builder builder(ConditionOperator operator, ConditionKey key) {
        return new Builder(operator, key);
    }

    public ConditionOperator operator() {
        return operator;
    }

    public ConditionKey key() {
        return key;
    }

    /** As they were written. */
    public List<String> values() {
        return values;
    }

    /** Whether it is met; empty when what it asks about is not known. */
    public Optional<Boolean> isMetIn(Circumstances circumstances) {
        if (key.textIn(circumstances).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(fits.stream().anyMatch(each -> each.test(circumstances)) != operator.isNegative());
    }

    /** Takes the values one by one, so that whoever reads them can tell which one is wrong. */
    public static final class Builder {
        private final ConditionOperator operator;
        private final ConditionKey key;
        private final List<String> values = new ArrayList<>();
        private final List<Predicate<Circumstances>> fits = new ArrayList<>();

        private Builder(ConditionOperator operator, ConditionKey key) {
            this.operator = operator;
            this.key = key;
        }

        /**
         * Adds a value.
         *
         * @throws IllegalArgumentException when it is none for the operator; the message goes on after its place
         */
        public void add(String value) {
            fits.add(operator.fits(key, value));
            values.add(value);
        }

        public Condition build() {
            if (values.isEmpty()) {
                throw new IllegalStateException("a condition has at least one value");
            }
            return new Condition(operator, key, values, fits);
        }
    }
}
