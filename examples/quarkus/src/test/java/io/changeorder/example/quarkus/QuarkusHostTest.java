package io.changeorder.example.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.example.nightshift.HelloSite;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quarkus starts its hosts in a class loader of their own, so what the night was like is read in what they print. */
@QuarkusMainTest
class QuarkusHostTest {
    @Test
    void aRolloutIsTakenBackHalfWayAndTheWorldIsAsItWas(@TempDir Path folder, QuarkusMainLauncher launcher)
            throws Exception {
        LaunchResult night = launcher.launch(folder.toString());
        try (HelloSite site = new HelloSite(folder)) {
            assertThat(night.exitCode()).isZero();
            assertThat(night.getOutput())
                    .contains("before:   1, 1")
                    .containsAnyOf("half-way: 1, 2", "half-way: 2, 1")
                    .contains("after:    1, 1")
                    .contains("proved:   true");
            assertThat(site.running()).hasSize(2);
        }
    }
}
