package io.changeorder.bootstrap.terminal;

import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/**
 * Where a command writes to: on an interactive terminal a block of lines can be drawn over and over, otherwise only
 * lines are written. Not thread-safe.
 */
public final class Terminal {
    private static final String ESCAPE = "\u001b[";

    private final PrintWriter out;
    private final boolean interactive;
    private int drawn;

    public Terminal(PrintWriter out, boolean interactive) {
        this.out = out;
        this.interactive = interactive;
    }

    /** The process's own standard output, interactive where somebody watches it. */
    public static Terminal of(PrintWriter out) {
        return new Terminal(out, isWatched());
    }

    public boolean isInteractive() {
        return interactive;
    }

    /** Whatever was drawn stays as it is from now on. */
    public void keep() {
        drawn = 0;
    }

    /** Writes a line that stays; a block that was being drawn stays above it as it was. */
    public void line(String text) {
        lines(Printable.line(text));
    }

    /** As {@link #line}, of text that has lines of its own, such as a table; nothing else of it is obeyed. */
    public void lines(String text) {
        keep();
        out.println(Printable.lines(text));
        out.flush();
    }

    /** Draws a block of lines in the place of the one that was drawn last. Only on an interactive terminal. */
    public void draw(List<String> lines) {
        if (drawn > 0) {
            out.print(ESCAPE + drawn + "A" + ESCAPE + "J");
        }
        // Without wrapping, or a line that is too long would be two, and the next block would begin too low.
        out.print(ESCAPE + "?7l");
        lines.stream().map(Printable::line).forEach(out::println);
        out.print(ESCAPE + "?7h");
        out.flush();
        drawn = lines.size();
    }

    /** A bar of 24 characters. */
    public static String bar(int done, int total) {
        int width = 24;
        int filled = total <= 0 ? 0 : Math.min(width, width * Math.max(0, done) / total);
        return "[" + "#".repeat(filled) + "-".repeat(width - filled) + "]";
    }

    private static boolean isWatched() {
        boolean dumb = Optional.ofNullable(System.getenv("TERM")).orElse("dumb").equals("dumb");
        return !dumb
                && Optional.ofNullable(System.console())
                        .filter(Terminal::isTerminal)
                        .isPresent();
    }

    /** Later releases of Java have a console even where there is no terminal, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException older) {
            return true;
        } catch (ReflectiveOperationException broken) {
            return false;
        }
    }
}
