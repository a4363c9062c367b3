package io.changeorder.application.api;

import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import java.util.Optional;

/**
 * What an accepted command gives.
 *
 * @param application the application it is about
 * @param order the order that was opened or named; absent when an application was created without being deployed
 * @param rollback the rollback that was opened, if one was
 * @param batch the batch that was confirmed, if one was
 * @param fenceConfirmed whether every effect of an older fence is known to have ended. If not, the engine goes on
 *     raising the fence; the command itself is durable
 */
public record Receipt(
        ApplicationId application,
        Optional<ChangeOrderId> order,
        Optional<ChangeOrderId> rollback,
        Optional<BatchId> batch,
        boolean fenceConfirmed) {

    public Receipt withFenceConfirmed(boolean confirmed) {
        return new Receipt(application, order, rollback, batch, confirmed);
    }
}
