package io.changeorder.application.usecase;

import static io.changeorder.application.fixture.EngineWorld.ALICE;
import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.orderOf;
import static io.changeorder.application.fixture.EngineWorld.reasonOf;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Origin;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.command.CreateApplication;
import io.changeorder.application.fixture.Caller;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.audit.AuditEntry.Outcome;
import io.changeorder.application.spi.audit.AuditQuery;
import io.changeorder.domain.decision.Refusal.Reason;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every command is on record, whatever became of it, once. */
class AuditTest {
    private static final Origin ORIGIN =
            new Origin("REQ", "trace", Optional.of(InetAddresses.forString("192.0.2.7")), true);

    private final Set<Operation> denied = EnumSet.noneOf(Operation.class);
    private final EngineWorld world =
            new EngineWorld(builder -> builder.authorizer(access -> !denied.contains(access.operation())));
    private final Caller alice = new Caller(world::commands, ALICE.withOrigin(ORIGIN));
    private final Revision v1 = world.pinned(aRevision("1"));

    @AfterEach
    void endOfTheWorld() {
        world.close();
    }

    private List<AuditEntry> onRecord() {
        return world.store().findAudit(new AuditQuery(AuditQuery.By.TRACE, "trace", 0, 100));
    }

    private AuditEntry last() {
        return onRecord().get(0);
    }

    private Receipt created() {
        return accepted(alice.create(new CreateApplication.Command("hello", "dev", v1, swift(2), true, "secret")));
    }

    @Test
    void anAcceptedCommandIsOnRecordWithWhatItMade() {
        Receipt receipt = created();

        assertThat(onRecord())
                .containsExactly(new AuditEntry(
                        1,
                        world.clock().instant(),
                        ALICE.actor(),
                        Operation.CREATE_APPLICATION,
                        "application/dev/*",
                        Optional.of(receipt.application()),
                        receipt.order(),
                        ORIGIN,
                        Outcome.ACCEPTED,
                        ""));
        assertThat(world.store()
                        .findAudit(new AuditQuery(
                                AuditQuery.By.APPLICATION, receipt.application().value(), 0, 10)))
                .isEqualTo(onRecord());
    }

    @Test
    void aRefusedCommandIsOnRecordWithTheReasonAndWhatItNamed() {
        Receipt receipt = created();
        ChangeOrderId order = receipt.order().orElseThrow();
        world.awaitStatus(order, Status.SUCCEEDED);

        assertThat(reasonOf(alice.abortAndRollBack(order))).isEqualTo(Reason.ORDER_IS_NOT_LIVE);
        assertThat(last().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(last().reason()).isEqualTo("ORDER_IS_NOT_LIVE");
        assertThat(last().resource()).isEqualTo("application/dev/" + receipt.application());
        assertThat(last().application()).contains(receipt.application());
        assertThat(last().order()).contains(order);

        assertThat(reasonOf(alice.abort(new ChangeOrderId("nothing")))).isEqualTo(Reason.ORDER_NOT_FOUND);
        assertThat(last().reason()).isEqualTo("ORDER_NOT_FOUND");
        assertThat(last().resource()).isEqualTo("changeorder/nothing");
        assertThat(last().application()).isEmpty();

        assertThat(reasonOf(alice.rescale(new ApplicationId("nowhere"), 3))).isEqualTo(Reason.APPLICATION_NOT_FOUND);
        assertThat(last().resource()).isEqualTo("application/nowhere");

        assertThat(reasonOf(alice.abortAndRollBack(Optional.empty()))).isEqualTo(Reason.PARAMETER_MISSING);
        assertThat(last().reason()).isEqualTo("PARAMETER_MISSING");
        assertThat(onRecord()).hasSize(5);
    }

    @Test
    void whatIsNotPermittedIsOnRecordAndSoIsWhatMaintenanceRefuses() {
        ApplicationId app = created().application();
        accepted(alice.maintenance(Optional.of(Duration.ofHours(1))));
        assertThat(last().operation()).isEqualTo(Operation.SET_MAINTENANCE);
        assertThat(last().outcome()).isEqualTo(Outcome.ACCEPTED);

        assertThat(reasonOf(alice.stop(app))).isEqualTo(Reason.MAINTENANCE);
        assertThat(last().reason()).isEqualTo("MAINTENANCE");

        denied.addAll(EnumSet.allOf(Operation.class));
        assertThat(reasonOf(alice.stop(app))).isEqualTo(Reason.NOT_PERMITTED);
        assertThat(last().reason()).isEqualTo("NOT_PERMITTED");
        assertThat(last().application()).contains(app);
        assertThat(reasonOf(alice.maintenance(Optional.empty()))).isEqualTo(Reason.NOT_PERMITTED);
        assertThat(last().operation()).isEqualTo(Operation.SET_MAINTENANCE);
        assertThat(onRecord()).hasSize(5);
    }

    @Test
    void aConfirmationThatComesTooLateIsOnRecordOnceWithWhatItFoundOut() {
        ApplicationId app = created().application();
        world.awaitRest(app);
        ChangeOrderId order = world.halfDeployed(app, world.pinned(aRevision("2")));
        InstanceId unwell =
                world.runtime().observe(app).instances().iterator().next().id();
        world.runtime().setUnready(app, unwell, true);
        assertThat(reasonOf(alice.confirm(world.batch(order), true))).isEqualTo(Reason.BATCH_NOT_WAITING);
        assertThat(onRecord())
                .filteredOn(entry -> entry.operation() == Operation.CONFIRM_PIPELINE_BATCH)
                .singleElement()
                .satisfies(entry -> assertThat(entry.outcome()).isEqualTo(Outcome.REFUSED));
        assertThat(world.order(order).status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void aRefusedCreationIsAboutTheNamespaceAndNoApplication() {
        denied.add(Operation.CREATE_APPLICATION);
        assertThat(reasonOf(alice.create(new CreateApplication.Command("hello", "dev", v1, swift(2), true, "secret"))))
                .isEqualTo(Reason.NOT_PERMITTED);
        assertThat(last().resource()).isEqualTo("application/dev/*");
        assertThat(last().application()).isEmpty();
        assertThat(last().order()).isEmpty();
    }

    @Test
    void aRepeatedCommandIsOnRecordAsWhatItIs() {
        ApplicationId app = created().application();
        Caller repeating = alice.withToken("token");
        world.awaitRest(app);
        ChangeOrderId order = orderOf(repeating.restart(app));
        assertThat(orderOf(repeating.restart(app))).isEqualTo(order);

        assertThat(last().outcome()).isEqualTo(Outcome.REPEATED);
        assertThat(last().order()).contains(order);
        assertThat(onRecord()).hasSize(3);
    }

    @Test
    void nothingThatACommandContainsIsOnRecord() {
        created();
        assertThat(last().toString())
                .doesNotContain("secret")
                .doesNotContain(v1.id().value());
    }

    @Test
    void whatTheEngineDoesByItselfAndWhatIsOnlyAskedIsNoCommand() {
        ChangeOrderId order = created().order().orElseThrow();
        world.awaitStatus(order, Status.SUCCEEDED);
        world.queries().describeMaintenance().handle(ALICE.withOrigin(ORIGIN));

        assertThat(onRecord()).hasSize(1);
    }
}
