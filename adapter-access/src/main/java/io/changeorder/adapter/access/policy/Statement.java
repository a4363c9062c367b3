package io.changeorder.adapter.access.policy;

import io.changeorder.adapter.access.policy.condition.Condition;
import java.util.ArrayList;
import java.util.List;

/**
 * One statement of a policy: an effect on what is of its actions and of its resources, while all of its conditions are
 * met.
 *
 * @param exceptActions whether it is about all actions but these
 * @param actions patterns, at least one
 * @param resources patterns, at least one
 */
record Statement(
        Effect effect,
        boolean exceptActions,
        List<String> actions,
        List<String> resources,
        List<Condition> conditions) {
    Statement {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        conditions = List.copyOf(conditions);
        if (actions.isEmpty() || resources.isEmpty()) {
            throw new IllegalArgumentException("a statement has actions and resources");
        }
    }

    /** How each of its parts answers. */
    List<Explanation.Part> answer(Question question) {
        List<Explanation.Part> parts = new ArrayList<>();
        boolean named = actions.stream().anyMatch(each -> Actions.match(each, question.action()));
        parts.add(Explanation.Part.of(
                exceptActions ? "NotAction" : "Action", actions, question.action(), named != exceptActions));
        parts.add(Explanation.Part.of(
                "Resource",
                resources,
                question.resource().orElse("*"),
                resources.stream().anyMatch(each -> Resources.match(each, question.resource()))));
        conditions.forEach(each -> parts.add(answer(each, question)));
        return parts;
    }

    /** What is not known never permits anything: it does not meet a condition to allow, and does meet one to deny. */
    private Explanation.Part answer(Condition condition, Question question) {
        return new Explanation.Part(
                "Condition." + condition.operator().ramName() + "."
                        + condition.key().ramName(),
                condition.values(),
                condition.key().textIn(question.circumstances()),
                condition.isMetIn(question.circumstances()).orElse(effect == Effect.DENY));
    }
}
