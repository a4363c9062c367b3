package io.changeorder.adapter.access.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what was probably meant by a name that is nobody's. */
public final class NearestName {
    private NearestName() {}

    /** The nearest of these, if one is near: up to a quarter of the letters, but always two, may be wrong. */
    public static Optional<String> among(Collection<String> names, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int farthest = Math.max(2, name.length() / 4);
        return names.stream()
                .filter(each -> distance(lower, each.toLowerCase(Locale.ROOT)) <= farthest)
                .min(Comparator.comparingInt(each -> distance(lower, each.toLowerCase(Locale.ROOT))));
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
