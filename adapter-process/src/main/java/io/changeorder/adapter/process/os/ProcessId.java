package io.changeorder.adapter.process.os;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a process for as long as the host runs: a pid alone is used again.
 *
 * @param pid the process, and its session when the launcher made it
 * @param startTicks clock ticks from the boot of the host to its start (field 22 of /proc/pid/stat)
 */
public record ProcessId(long pid, long startTicks) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18}) (\\d{1,18})\\s*");

    /** Reads what {@link #toString} and the launcher script write. */
    public static Optional<ProcessId> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new ProcessId(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return pid + " " + startTicks;
    }
}
