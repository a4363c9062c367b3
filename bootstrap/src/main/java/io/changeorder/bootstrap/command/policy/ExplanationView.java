package io.changeorder.bootstrap.command.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.changeorder.adapter.access.policy.Effect;
import io.changeorder.adapter.access.policy.Explanation;
import io.changeorder.adapter.access.policy.Question;
import io.changeorder.bootstrap.terminal.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An explanation for people and for programs. */
final class ExplanationView {
    private ExplanationView() {}

    /** The answer, then every statement with its parts. */
    static String words(Explanation explanation, Question question) {
        List<String> lines = new ArrayList<>();
        lines.add(verdict(explanation) + " (" + question.action() + " on "
                + question.resource().orElse("*") + ")");
        for (Explanation.Answer answer : explanation.statements()) {
            lines.add(place(answer) + ", " + answer.effect().ramName() + ": "
                    + (answer.matches() ? "matches" : "does not match"));
            answer.parts()
                    .forEach(part -> lines.add("    " + (part.matches() ? "yes  " : "no   ") + part.element()
                            + " " + String.join(", ", part.wanted()) + "; asked: "
                            + part.asked().orElse("not known, which permits nothing")));
        }
        return lines.stream().map(Printable::line).collect(Collectors.joining(System.lineSeparator()));
    }

    private static String verdict(Explanation explanation) {
        return switch (explanation.outcome()) {
            case ALLOWED -> "Allowed: " + matching(explanation, Effect.ALLOW) + " allows it, and nothing denies it.";
            case DENIED -> "Denied: " + matching(explanation, Effect.DENY) + " denies it.";
            case NOTHING_ALLOWS -> "Denied: nothing allows it.";
        };
    }

    private static String matching(Explanation explanation, Effect effect) {
        return explanation.statements().stream()
                .filter(each -> each.effect() == effect && each.matches())
                .map(ExplanationView::place)
                .findFirst()
                .orElseThrow();
    }

    private static String place(Explanation.Answer answer) {
        return "Statement[" + answer.index() + "] of " + answer.policy();
    }

    static ObjectNode json(Explanation explanation, Question question) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("Allowed", explanation.outcome() == Explanation.Outcome.ALLOWED)
                .put("Outcome", explanation.outcome().name())
                .put("Action", question.action())
                .put("Resource", question.resource().orElse("*"));
        ArrayNode statements = root.putArray("Statements");
        for (Explanation.Answer answer : explanation.statements()) {
            ObjectNode row = statements
                    .addObject()
                    .put("Policy", answer.policy())
                    .put("Statement", answer.index())
                    .put("Effect", answer.effect().ramName())
                    .put("Matches", answer.matches());
            ArrayNode parts = row.putArray("Parts");
            answer.parts().forEach(part -> {
                ObjectNode one =
                        parts.addObject().put("Element", part.element()).put("Matches", part.matches());
                part.wanted().forEach(one.withArray("Wanted")::add);
                part.asked().ifPresent(asked -> one.put("Asked", asked));
            });
        }
        return root;
    }
}
