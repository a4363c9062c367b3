package io.changeorder.adapter.access.policy;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.CaseFormat;
import com.google.common.collect.ImmutableList;
import io.changeorder.adapter.access.policy.condition.Wildcards;
import io.changeorder.application.api.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
        return "sae:" + CaseFormat.UPPER_UNDERSCORE.to(CaseFormat.UPPER_CAMEL, operation.name());
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
        return nearest(name)
                .map(near -> "; do you mean " + near + "?")
                .orElse("; the operations are " + String.join(", ", KNOWN));
    }

    private static Optional<String> nearest(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int farthest = Math.max(2, name.length() / 4);
        return KNOWN.stream()
                .filter(action -> distance(lower, action.toLowerCase(Locale.ROOT)) <= farthest)
                .min(Comparator.comparingInt(action -> distance(lower, action.toLowerCase(Locale.ROOT))));
    }

    /** All of them, as they are called. */
    static List<String> known() {
        return KNOWN;
    }

    /** How many letters have to be put in, taken out or changed (Levenshtein). */
    private static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[to.length()];
    }
}
