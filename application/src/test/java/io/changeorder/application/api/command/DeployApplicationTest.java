package io.changeorder.application.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.revision.Revision;
import org.junit.jupiter.api.Test;

class DeployApplicationTest {
    private static final ApplicationId APP = new ApplicationId("app-1");
    private static final Revision ONE = Revision.command("/bin/sleep", "1001");
    private static final Revision TWO = Revision.command("/bin/sleep", "1002");
    private static final Settings PRESENT = Settings.of(4);

    private final DeployApplication.Command plain = DeployApplication.Command.of(APP, TWO);

    @Test
    void aRevisionIsDeployedWithTheSettingsAsTheyAre() {
        assertThat(plain.application()).isEqualTo(APP);
        assertThat(plain.revision().apply(ONE)).isEqualTo(TWO);
        assertThat(plain.settings().apply(PRESENT)).isEqualTo(PRESENT);
        assertThat(plain.start()).isTrue();
        assertThat(plain.force()).isFalse();
    }

    @Test
    void aStrategyChangesNothingElseAndMakesItAnotherCommand() {
        UpdateStrategy strategy = UpdateStrategy.manual(2);
        DeployApplication.Command inBatches = plain.withStrategy(strategy);
        assertThat(inBatches.settings().apply(PRESENT)).isEqualTo(PRESENT.withStrategy(strategy));
        assertThat(inBatches.revision().apply(ONE)).isEqualTo(TWO);
        assertThat(inBatches.fingerprint())
                .isNotEqualTo(plain.fingerprint())
                .isNotEqualTo(plain.withStrategy(UpdateStrategy.manual(3)).fingerprint());
    }
}
