package io.changeorder.bootstrap.nodes;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As {@link NodesUnderFireTest}, with the database struck as well, until the time is over or there were so many blows. */
class NodesUnderFireSoak {
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("soak.seconds", 600));
    private static final int MOST_BLOWS = Integer.getInteger("nodes.blows", Integer.MAX_VALUE);
    /** Most of all it is nodes that die. */
    private static final List<Trouble> TROUBLES = List.of(
            Trouble.KILLED_NODE,
            Trouble.KILLED_NODE,
            Trouble.KILLED_NODE,
            Trouble.FROZEN_NODE,
            Trouble.FROZEN_NODE,
            Trouble.RESTARTED_DATABASE,
            Trouble.CUT_CONNECTIONS,
            Trouble.UNREACHABLE_DATABASE);

    @TempDir
    Path folder;

    @Test
    void nothingIsLostNothingIsDoubledAndNothingOldHasAnEffect() throws Exception {
        long seed = Long.getLong("nodes.seed", ThreadLocalRandom.current().nextLong(1L << 40));
        Instant end = Instant.now().plus(TIME);
        try (UnderFire world = new UnderFire(folder, seed)) {
            while (Instant.now().isBefore(end) && world.blows() < MOST_BLOWS) {
                world.deployUnder(TROUBLES);
            }
            world.judge();
            System.out.println(world);
        }
    }
}
