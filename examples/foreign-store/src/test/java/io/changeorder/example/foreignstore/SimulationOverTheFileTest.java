package io.changeorder.example.foreignstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.simulation.Simulation;
import io.changeorder.application.simulation.stage.Figures;
import io.changeorder.application.simulation.stage.Figures.Kind;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.domain.id.NodeId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a store of one's own is put under the simulator: whole rollouts on three nodes, with a seed for each run. */
class SimulationOverTheFileTest {
    private static final int SEEDS = 10;
    private static final int APPLICATIONS = 3;

    @TempDir
    private Path folder;

    @Test
    void noSeedBreaksALaw() {
        Figures sum = new Figures();
        for (long seed = 1; seed <= SEEDS; seed++) {
            Path path = folder.resolve(seed + ".json");
            try (ChangeOrderStore store =
                    JsonFile.open(path, new NodeId("the-nodes")).store()) {
                sum.add(Simulation.of(seed)
                        .withApplications(APPLICATIONS)
                        .withStore(() -> store)
                        .run()
                        .orThrow()
                        .figures());
            }
        }
        assertThat(sum.of(Kind.APPLICATIONS)).isGreaterThanOrEqualTo(SEEDS);
        assertThat(sum.of(Kind.ROLLBACKS)).isPositive();
        assertThat(sum.of(Kind.CRASHES)).isPositive();
        assertThat(sum.of(Kind.CONFLICTS)).isPositive();
    }
}
