package io.changeorder.adapter.rest.view;

import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.Fields;
import io.changeorder.adapter.rest.message.WireError;
import io.changeorder.application.api.Receipt;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;

/** What a command is answered with: a receipt or a refusal. */
public final class CommandFields {
    private final WireTime time;

    public CommandFields(WireTime time) {
        this.time = time;
    }

    /** Data of the verbs about an order: the one that was named, as in the vendor's sample, and the rollback beside it. */
    public static Fields ofOrder(Receipt receipt) {
        return rest(new Fields().putIfPresent("ChangeOrderId", receipt.order().map(ChangeOrderId::value)), receipt);
    }

    /** Data of the verbs about an application. */
    public static Fields ofApplication(Receipt receipt) {
        return rest(
                new Fields()
                        .put("AppId", receipt.application().value())
                        .putIfPresent("ChangeOrderId", receipt.order().map(ChangeOrderId::value)),
                receipt);
    }

    /** Data of a confirmation. */
    public static Fields ofBatch(Receipt receipt, BatchId named) {
        return rest(new Fields().put("PipelineId", receipt.batch().orElse(named).value()), receipt);
    }

    private static Fields rest(Fields fields, Receipt receipt) {
        fields.putIfPresent("RollbackChangeOrderId", receipt.rollback().map(ChangeOrderId::value));
        return receipt.fenceConfirmed() ? fields : fields.put("FenceConfirmed", false);
    }

    /**
     * A refusal on the wire.
     *
     * @param command whether the caller wanted to change something; the vendor has two codes for an unknown application
     */
    public Failure refused(Refusal refusal, boolean command) {
        Failure failure = failure(refusal, command);
        return refusal.order().map(order -> failure.withData(facts(order))).orElse(failure);
    }

    private Failure failure(Refusal refusal, boolean command) {
        return switch (refusal.reason()) {
            case PARAMETER_MISSING -> Failure.missing(refusal.subject());
            case PARAMETER_INVALID -> Failure.invalid(refusal.subject());
            case PARAMETER_UNUSABLE -> Failure.unusable(refusal.subject(), refusal.detail());
            case NOT_PERMITTED -> Failure.of(WireError.NO_PERMISSION);
            case MAINTENANCE -> Failure.of(WireError.UPGRADING);
            case ORDER_NOT_FOUND -> Failure.of(WireError.ORDER_NOT_FOUND);
            case ORDER_IS_RUNNING -> Failure.of(WireError.ORDER_RUNNING);
            case ORDER_IS_NOT_LIVE -> Failure.of(WireError.ORDER_NOT_RUNNING);
            case APPLICATION_NOT_FOUND ->
                Failure.of(command ? WireError.APPLICATION_NOT_FOUND : WireError.APP_ID_NOT_FOUND);
            case APPLICATION_NOT_DEPLOYED -> Failure.of(WireError.NOT_DEPLOYED);
            case APPLICATION_STATUS -> Failure.of(WireError.APPLICATION_STATUS);
            case APPLICATION_NAME_TAKEN ->
                Failure.unusable("AppName", "another application of the namespace has this name");
            case NOTHING_TO_ROLL_BACK -> Failure.of(WireError.ROLLBACK_FAILED);
            case VERSION_NOT_FOUND -> Failure.invalid("VersionId");
            case VERSION_WAS_ROLLED_BACK -> Failure.unusable("PackageVersion", rolledBack(refusal));
            case VERSION_LABEL_TAKEN -> Failure.of(WireError.VERSION_EXISTS);
            case VERSION_LABEL_TOO_LONG -> Failure.of(WireError.VERSION_TOO_LONG);
            case PACKAGE_TYPE_UNKNOWN -> Failure.of(WireError.PACKAGE_TYPE_NOT_FOUND);
            case BATCH_NOT_FOUND -> Failure.invalid("PipelineId");
            case BATCH_NOT_WAITING -> Failure.of(WireError.BATCH_NOT_WAITING);
            case FLOOR_NOT_BELOW_REPLICAS -> Failure.of(WireError.FLOOR_NOT_BELOW_REPLICAS);
            case WAIT_NEGATIVE -> Failure.of(WireError.WAIT_NEGATIVE);
            case TOKEN_REUSED -> Failure.of(WireError.TOKEN_REUSED);
        };
    }

    private static String rolledBack(Refusal refusal) {
        String order = refusal.order().map(facts -> facts.id().value()).orElse(refusal.detail());
        return "it was rolled back by change order " + order + "; send Force=true to deploy it all the same";
    }

    private Fields facts(Refusal.OrderFacts order) {
        Fields fields =
                new Fields().put("ChangeOrderId", order.id().value()).put("Status", StatusNames.number(order.status()));
        order.ending()
                .ifPresent(
                        ending -> fields.put("EndedBy", ending.by().name()).put("EndedAt", time.ofOrder(ending.at())));
        return fields.putIfPresent("RollbackChangeOrderId", order.rollback().map(ChangeOrderId::value));
    }
}
