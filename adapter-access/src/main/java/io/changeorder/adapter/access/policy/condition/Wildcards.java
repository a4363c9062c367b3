package io.changeorder.adapter.access.policy.condition;

/** Patterns with {@code *} for any text, also none, and {@code ?} for one character. */
public final class Wildcards {
    private Wildcards() {}

    /**
     * Whether the text as a whole is of the pattern; letters of another case are other letters. Needs no memory, and at
     * most as many steps as the product of both lengths, whatever the pattern.
     */
    public static boolean match(String pattern, String text) {
        int inPattern = 0;
        int inText = 0;
        int afterStar = -1;
        int restOfStar = 0;
        while (inText < text.length()) {
            char wanted = inPattern < pattern.length() ? pattern.charAt(inPattern) : 0;
            if (inPattern < pattern.length() && wanted == '*') {
                inPattern++;
                afterStar = inPattern;
                restOfStar = inText;
            } else if (inPattern < pattern.length() && (wanted == '?' || wanted == text.charAt(inText))) {
                inPattern++;
                inText++;
            } else if (afterStar >= 0) {
                // Only the last star can be wrong: what comes before it was matched as early as possible.
                restOfStar++;
                inText = restOfStar;
                inPattern = afterStar;
            } else {
                return false;
            }
        }
        while (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
            inPattern++;
        }
        return inPattern == pattern.length();
    }
}
