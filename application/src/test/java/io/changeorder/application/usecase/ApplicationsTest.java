package io.changeorder.application.usecase;

import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.fixture.ForwardingStore;
import io.changeorder.application.usecase.Applications.Located;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.Status;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An order and its application are looked up one after the other, and anything may happen in between. */
class ApplicationsTest {
    private final EngineWorld world = new EngineWorld();
    private final ApplicationId app = world.running("hello", world.pinned(aRevision("1")), swift(4));
    private final ChangeOrderId order = world.halfDeployed(app, world.pinned(aRevision("2")));

    @AfterEach
    void endOfTheWorld() {
        world.close();
    }

    @Test
    void anOrderThatEndsInBetweenIsFoundAsEnded() {
        Applications applications = new Applications(new ForwardingStore(world.store()) {
            @Override
            public Optional<ApplicationState> findApplication(ApplicationId id) {
                accepted(world.alice().abort(order));
                return super.findApplication(id);
            }
        });
        Located found = applications.order(order).lookup().get().orElseThrow();
        assertThat(found.state().live()).isEmpty();
        assertThat(found.order().status()).isEqualTo(Status.ABORTED);
    }

    @Test
    void anOrderThatGetsOnInBetweenIsFoundAsItsApplicationHasIt() {
        Applications applications = new Applications(new ForwardingStore(world.store()) {
            @Override
            public Optional<ApplicationState> findApplication(ApplicationId id) {
                accepted(world.alice().confirm(world.batch(order), true));
                return super.findApplication(id);
            }
        });
        Located found = applications.order(order).lookup().get().orElseThrow();
        assertThat(found.order().status()).isNotEqualTo(Status.AWAITING_CONFIRMATION);
        assertThat(found.state().live().orElse(found.order())).isEqualTo(found.order());
    }

    @Test
    void anOrderWithoutItsApplicationIsABrokenStore() {
        Applications applications = new Applications(new ForwardingStore(world.store()) {
            @Override
            public Optional<ApplicationState> findApplication(ApplicationId id) {
                return Optional.empty();
            }
        });
        assertThatThrownBy(() -> applications.order(order).lookup().get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("without its application");
    }
}
