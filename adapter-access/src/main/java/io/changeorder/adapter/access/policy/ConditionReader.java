package io.changeorder.adapter.access.policy;

import static java.util.stream.Collectors.joining;

import io.changeorder.adapter.access.policy.condition.Condition;
import io.changeorder.adapter.access.policy.condition.ConditionKey;
import io.changeorder.adapter.access.policy.condition.ConditionOperator;
import java.util.List;
import java.util.stream.Stream;

/** Reads the conditions of a statement. */
final class ConditionReader {
    private ConditionReader() {}

    static List<Condition> read(Place place) {
        return place.members().stream()
                .flatMap(operator -> operator.members().stream().map(key -> condition(operator, key)))
                .toList();
    }

    private static Condition condition(Place operatorPlace, Place keyPlace) {
        ConditionOperator operator = ConditionOperator.named(operatorPlace.name())
                .orElseThrow(() -> operatorPlace.wrong("is no operator here; there are "
                        + names(Stream.of(ConditionOperator.values()).map(ConditionOperator::ramName))));
        ConditionKey key = ConditionKey.named(keyPlace.name())
                .orElseThrow(() -> keyPlace.wrong("is no condition key here; there are "
                        + names(Stream.of(ConditionKey.values()).map(ConditionKey::ramName))));
        if (!operator.isFor(key)) {
            throw keyPlace.wrong("can't be compared by " + operator.ramName() + ", only by "
                    + names(Stream.of(ConditionOperator.values())
                            .filter(each -> each.isFor(key))
                            .map(ConditionOperator::ramName)));
        }
        Condition.Builder condition = Condition.builder(operator, key);
        for (Place value : keyPlace.texts()) {
            try {
                condition.add(value.text());
            } catch (IllegalArgumentException unusable) {
                throw value.wrong(String.valueOf(unusable.getMessage()));
            }
        }
        return condition.build();
    }

    private static String names(Stream<String> names) {
        return names.collect(joining(", "));
    }
}
