package io.changeorder.adapter.access.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What policies answer, and why.
 *
 * @param statements of all policies, in their order
 */
public record Explanation(List<Answer> statements) {
    /** What comes of all statements. */
    public enum Outcome {
        ALLOWED,
        /** A statement denies it, whatever else allows it. */
        DENIED,
        NOTHING_ALLOWS
    }

    /**
     * What one statement says.
     *
     * @param policy the name of its policy
     * @param index its place in the policy, from 0
     * @param parts action, resource, then conditions
     */
    public record Answer(String policy, int index, Effect effect, List<Part> parts) {
        public Answer {
            parts = List.copyOf(parts);
        }

        /** Whether it is about what was asked: all of its parts are. */
        public boolean matches() {
            return parts.stream().allMatch(Part::matches);
        }
    }

    /**
     * What one part of a statement says.
     *
     * @param element such as {@code Action} or {@code Condition.IpAddress.acs:SourceIp}
     * @param wanted the values in the policy
     * @param asked what they were compared with; empty when it is not known
     */
    public record Part(String element, List<String> wanted, Optional<String> asked, boolean matches) {
        public Part {
            wanted = List.copyOf(wanted);
        }

        static Part of(String element, List<String> wanted, String asked, boolean matches) {
            return new Part(element, wanted, Optional.of(asked), matches);
        }
    }

    public Explanation {
        statements = List.copyOf(statements);
    }

    /** Asks all statements of these policies. */
    static Explanation of(Map<String, PolicyDocument> policies, Question question) {
        List<Answer> answers = new ArrayList<>();
        policies.forEach((name, policy) -> {
            for (int i = 0; i < policy.statements().size(); i++) {
                Statement statement = policy.statements().get(i);
                answers.add(new Answer(name, i, statement.effect(), statement.answer(question)));
            }
        });
        return new Explanation(answers);
    }

    /** Deny wins, and what nothing allows is denied. */
    public Outcome outcome() {
        if (anyMatches(Effect.DENY)) {
            return Outcome.DENIED;
        }
        return anyMatches(Effect.ALLOW) ? Outcome.ALLOWED : Outcome.NOTHING_ALLOWS;
    }

    private boolean anyMatches(Effect effect) {
        return statements.stream().anyMatch(each -> each.effect() == effect && each.matches());
    }
}
