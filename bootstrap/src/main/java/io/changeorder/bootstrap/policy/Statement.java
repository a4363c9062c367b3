package io.changeorder.bootstrap.policy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One statement of a policy: an effect on the actions that match. Action names are compared without regard to case.
 *
 * @param actions patterns with {@code *} and {@code ?}
 */
record Statement(Effect effect, List<Pattern> actions) {
    /** What a statement does. */
    enum Effect {
        ALLOW,
        DENY
    }

    Statement {
        actions = List.copyOf(actions);
    }

    static Statement of(Effect effect, List<String> actions) {
        return new Statement(effect, actions.stream().map(Statement::pattern).toList());
    }

    private static Pattern pattern(String wildcards) {
        String regex = wildcards
                .chars()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    boolean matches(String action) {
        return actions.stream().anyMatch(pattern -> pattern.matcher(action).matches());
    }
}
