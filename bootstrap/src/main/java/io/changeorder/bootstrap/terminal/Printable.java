package io.changeorder.bootstrap.terminal;

/**
 * Makes text of others harmless to print: what a terminal obeys, what breaks a line or turns its direction, and what
 * can't be seen becomes visible, in the way that JSON escapes it.
 */
public final class Printable {
    private Printable() {}

    /** Text that is to be one line, or a part of one. */
    public static String line(String text) {
        return escaped(text, "");
    }

    /** Text of several lines that was put together of harmless ones. */
    public static String lines(String text) {
        return escaped(text, "\n\t");
    }

    private static String escaped(String text, String kept) {
        if (text.codePoints().allMatch(each -> isSeen(each) || kept.indexOf(each) >= 0)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(each -> {
            if (isSeen(each) || kept.indexOf(each) >= 0) {
                escaped.appendCodePoint(each);
            } else {
                for (char unit : Character.toChars(each)) {
                    escaped.append(String.format("\\u%04x", (int) unit));
                }
            }
        });
        return escaped.toString();
    }

    private static boolean isSeen(int codePoint) {
        int type = Character.getType(codePoint);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE;
    }
}
