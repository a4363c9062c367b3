package io.changeorder.bootstrap.nodes;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes, one of which is killed or frozen again and again at a random moment. */
@Tag("kill")
class NodesUnderFireTest {
    private static final long SEED = Long.getLong("nodes.seed", 20_190_506);
    private static final int BLOWS = Integer.getInteger("nodes.blows", 20);

    @TempDir
    Path folder;

    @Test
    void nothingIsLostNothingIsDoubledAndNothingOldHasAnEffect() throws Exception {
        try (UnderFire world = new UnderFire(folder, SEED)) {
            while (world.blows() < BLOWS) {
                world.deployUnder(List.of(Trouble.KILLED_NODE, Trouble.KILLED_NODE, Trouble.FROZEN_NODE));
            }
            world.judge();
            System.out.println(world);
        }
    }
}
