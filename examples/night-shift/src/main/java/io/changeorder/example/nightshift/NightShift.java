package io.changeorder.example.nightshift;

import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.command.AbortAndRollBackChangeOrder;
import io.changeorder.application.api.command.CreateApplication;
import io.changeorder.application.api.command.DeployApplication;
import io.changeorder.application.api.query.DescribeChangeOrder;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Timing;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** A service of the host. It knows the verbs that it needs, and nothing of who put them together. */
@Singleton
public final class NightShift {
    private static final Request NIGHT_SHIFT = Request.by(new Actor("night-shift"));
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Settings TWO_INSTANCES = Settings.of(2)
            .withTiming(new Timing(Duration.ZERO, Timing.DEFAULT.instanceReady(), Timing.DEFAULT.batch()));

    private final CreateApplication create;
    private final DeployApplication deploy;
    private final AbortAndRollBackChangeOrder takeBack;
    private final DescribeChangeOrder describe;
    private final Bell bell;

    @Inject
    public NightShift(
            CreateApplication create,
            DeployApplication deploy,
            AbortAndRollBackChangeOrder takeBack,
            DescribeChangeOrder describe,
            Bell bell) {
        this.create = create;
        this.deploy = deploy;
        this.takeBack = takeBack;
        this.describe = describe;
        this.bell = bell;
    }

    /** Has two instances of this run. */
    public ApplicationId settle(String name, Revision revision) throws InterruptedException {
        Receipt created = create.handle(
                        NIGHT_SHIFT, new CreateApplication.Command(name, "", revision, TWO_INSTANCES, true, ""))
                .orElseThrow();
        await(created.order().orElseThrow(), Status.SUCCEEDED);
        return created.application();
    }

    /** Begins to replace them by these; returns when half of it is done. */
    public ChangeOrderId replaceHalf(ApplicationId application, Revision revision) throws InterruptedException {
        Receipt deployed = deploy.handle(
                        NIGHT_SHIFT,
                        DeployApplication.Command.of(application, revision).withStrategy(UpdateStrategy.manual(2)))
                .orElseThrow();
        return await(deployed.order().orElseThrow(), Status.AWAITING_CONFIRMATION)
                .id();
    }

    /** Ends the order and takes it back; returns the rollback once it is proved. */
    public ChangeOrder takeBack(ChangeOrderId order) throws InterruptedException {
        Receipt aborted = takeBack.handle(NIGHT_SHIFT, new AbortAndRollBackChangeOrder.Command(Optional.of(order)))
                .orElseThrow();
        return await(aborted.rollback().orElseThrow(), Status.SUCCEEDED);
    }

    private ChangeOrder await(ChangeOrderId id, Status status) throws InterruptedException {
        if (!bell.await(() -> order(id).status() == status, PATIENCE)) {
            throw new IllegalStateException("after " + PATIENCE + " still " + order(id));
        }
        return order(id);
    }

    private ChangeOrder order(ChangeOrderId id) {
        return describe.handle(NIGHT_SHIFT, new DescribeChangeOrder.Query(id))
                .orElseThrow()
                .order();
    }
}
