package io.changeorder.application.simulation.cluster;

import io.changeorder.application.simulation.stage.Dice;
import java.time.Duration;

/**
 * How rough a run is. A kind of trouble that never comes leaves room for others to meet, so each is absent from one run
 * in three.
 *
 * @param pauses the share of calls before or after which a task stands still for a moment
 * @param freezes the share of those moments that last up to minutes, and of those right before an effect
 * @param crashes the share of calls at which the node dies; more of those that change something
 * @param storeTrouble the share of calls that the store does not answer, done or not
 * @param lost the share of commits that were done, and nobody learns it
 * @param runtimeTrouble the share of calls that the runtime does not answer
 * @param conflicts the share of commits that are told to have lost
 * @param late the share of the runtime's calls that fail and arrive all the same, later
 * @param twice the share of the runtime's calls that arrive again, later
 * @param wrongClaims the share of applications that a node takes over although their node is alive, each time it looks
 * @param fate the mean time between two strokes of fate: crashes, clocks, instances that fail
 */
public record Weather(
        double pauses,
        double freezes,
        double crashes,
        double storeTrouble,
        double lost,
        double runtimeTrouble,
        double conflicts,
        double late,
        double twice,
        double wrongClaims,
        Duration fate) {
    static final Weather CALM = new Weather(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ofDays(1_000));
    /** Calls of one application in a usual run. */
    private static final double CALLS = 2_000;

    public static Weather of(Dice dice, int applications) {
        return new Weather(
                rate(dice, 0.10),
                rate(dice, 0.10),
                rate(dice, 40 / (CALLS * applications)),
                rate(dice, 0.02),
                rate(dice, 0.10),
                rate(dice, 0.05),
                rate(dice, 0.10),
                rate(dice, 0.10),
                rate(dice, 0.10),
                rate(dice, 0.30),
                Duration.ofMillis(dice.between(2_000, 60_000)));
    }

    private static double rate(Dice dice, double most) {
        return dice.chance(1.0 / 3) ? 0 : most * dice.upTo(100) / 100;
    }
}
