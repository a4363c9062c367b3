package io.changeorder.application.simulation;

import io.changeorder.application.simulation.stage.Figures;
import java.util.List;

/**
 * What came of one simulation.
 *
 * @param seed what it was made of, with {@code applications}
 * @param applications how many names there were
 * @param digest of the trace, 64 hexadecimal digits: equal runs have equal ones
 * @param figures what happened, in numbers
 * @param trace what happened, line by line: the virtual time since the beginning, then what
 * @param breaches the laws that were broken, the first one first; a run ends soon after it
 */
public record Run(
        long seed, int applications, String digest, Figures figures, List<String> trace, List<String> breaches) {
    private static final int LAST_LINES = 80;

    public Run {
        trace = List.copyOf(trace);
        breaches = List.copyOf(breaches);
    }

    /**
     * This run, if no law was broken.
     *
     * @throws AssertionError otherwise; it says what was broken, what came before it, and how to see it again
     */
    public Run orThrow() {
        if (breaches.isEmpty()) {
            return this;
        }
        throw new AssertionError("seed " + seed + " with " + applications + " applications breaks: " + breaches.get(0)
                + "\nreplay: " + replay() + "\n" + String.join("\n", story(breaches.get(0))));
    }

    /** What runs it again, on any machine, over the same store and runtime. */
    public String replay() {
        return "Simulation.of(" + seed + "L).withApplications(" + applications + ").run().orThrow()";
    }

    /** The last lines before the breach, those of its application where it names one first. */
    private List<String> story(String breach) {
        String subject = breach.replaceFirst("[: ].*", "");
        List<String> about = trace.stream()
                .filter(line -> !subject.startsWith("app-")
                        || line.contains(subject)
                        || line.contains(" dies")
                        || line.contains("clock is")
                        || line.contains(" closed")
                        || line.contains(" starts"))
                .toList();
        return about.subList(Math.max(0, about.size() - LAST_LINES), about.size());
    }
}
