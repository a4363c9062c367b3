package io.changeorder.bootstrap.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that closes things twice, uses them afterwards, or closes them in the wrong order. */
class ClosedTest {
    @TempDir
    private Path folder;

    @AfterEach
    void endAll() throws IOException {
        Host.endAll(folder);
    }

    @Test
    void closingTwiceIsHarmless() throws IOException {
        Host host = Host.in(folder, "node");
        host.settle(1001);
        host.close();
        host.close();
        Host.in(folder, "next").close();
    }

    @Test
    void whatIsClosedSaysSo() throws IOException {
        Host host = Host.in(folder, "node");
        ApplicationId application = host.settle(1001);
        host.close();
        assertThatThrownBy(() -> host.deploy(application, 1002))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("this engine was closed");
        assertThatThrownBy(() -> host.runtime().observe(application))
                .isInstanceOf(RuntimeUnavailableException.class)
                .hasMessageContaining("this runtime is closed");
        assertThatThrownBy(() -> host.runtime().prepare(Revision.command("/bin/true")))
                .isInstanceOf(RuntimeUnavailableException.class)
                .hasMessageContaining("this runtime is closed");
        assertThatThrownBy(() -> host.store().findApplication(application))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("store is closed");
    }

    @Test
    void anEngineWhoseRuntimeWasClosedFirstWaitsAndTheNextOneGoesOn() throws IOException {
        Host host = Host.in(folder, "node");
        ApplicationId application = host.settle(1001);
        ChangeOrderId rollout = host.deploy(application, 1002);
        host.await(rollout, Status.AWAITING_CONFIRMATION);
        host.runtime().close();
        ChangeOrderId rollback = host.abort(rollout);
        assertThat(host.store().findOrder(rollback))
                .hasValueSatisfying(order -> assertThat(order.status()).isEqualTo(Status.PREPARING));
        host.close();
        try (Host next = Host.in(folder, "next")) {
            assertThat(next.await(rollback, Status.SUCCEEDED).proof())
                    .hasValueSatisfying(proof -> assertThat(proof.holds()).isTrue());
        }
    }
}
