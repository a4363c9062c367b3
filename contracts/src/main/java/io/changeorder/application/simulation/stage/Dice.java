package io.changeorder.application.simulation.stage;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** All chance of a simulation. The same seed and the same questions give the same answers. */
public final class Dice {
    private final SplittableRandom random;
    private long draws;

    public Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    public boolean chance(double probability) {
        draws++;
        return random.nextDouble() < probability;
    }

    /** 0 to {@code most}, both included. */
    public int upTo(int most) {
        return between(0, most);
    }

    public int between(int least, int most) {
        draws++;
        return random.nextInt(least, most + 1);
    }

    /** Up to this, in milliseconds. */
    public Duration within(Duration most) {
        draws++;
        return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
    }

    /** Usually short and now and then much longer, this on average. */
    public Duration around(Duration mean) {
        draws++;
        return Duration.ofMillis((long) (-Math.log(1 - random.nextDouble()) * mean.toMillis()));
    }

    public <T> T pick(List<T> from) {
        return from.get(between(0, from.size() - 1));
    }

    /** How often it was asked: equal in equal runs. */
    public long draws() {
        return draws;
    }
}
