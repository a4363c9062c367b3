package io.changeorder.adapter.access.policy;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.changeorder.adapter.access.policy.condition.Wildcards;
import io.changeorder.application.api.Operation;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What operations are called in policies, and patterns of such names. The case of letters does not matter. */
final class Actions {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9*?_-]{1,64}:[A-Za-z0-9*?_-]{1,128}");
    private static final ImmutableList<String> KNOWN =
            Stream.of(Operation.values()).map(Actions::name).collect(toImmutableList());

    private Actions() {}

    /** Such as {@code sae:AbortChangeOrder}. */
    static String name(Operation operation) {
        return "sae:" + operation.wireName();
    }

    /** {@code *}, or a service and a name, both with wildcards if need be. */
    static boolean isPattern(String text) {
        return text.equals("*") || SHAPE.matcher(text).matches();
    }

    static boolean hasWildcard(String pattern) {
        return pattern.contains("*") || pattern.contains("?");
    }

    static boolean match(String pattern, String action) {
        return Wildcards.match(pattern.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT));
    }

    /** Whether there is any operation of this pattern. */
    static boolean isKnown(String pattern) {
        return KNOWN.stream().anyMatch(action -> match(pattern, action));
    }

    /** What to say of a name that is nobody's: the operation that was probably meant, or all that there are. */
    static String advice(String name) {
        return NearestName.among(KNOWN, name)
                .map(near -> "; do you mean " + near + "?")
                .orElse("; the operations are " + String.join(", ", KNOWN));
    }

    /** All of them, as they are called. */
    static List<String> known() {
        return KNOWN;
    }
}
