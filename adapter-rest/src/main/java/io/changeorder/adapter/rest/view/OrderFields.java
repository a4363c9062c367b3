package io.changeorder.adapter.rest.view;

import io.changeorder.adapter.rest.message.Fields;
import io.changeorder.application.api.query.Views.OrderView;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.Batch;
import io.changeorder.domain.order.Change;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Proof;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** A change order as DescribeChangeOrder and ListChangeOrders tell of it. */
public final class OrderFields {
    private static final int MANUAL = 1;
    private static final int AUTOMATIC = 0;

    private final WireTime time;

    public OrderFields(WireTime time) {
        this.time = time;
    }

    /** Data of DescribeChangeOrder. */
    public Fields describe(OrderView view) {
        ChangeOrder order = view.order();
        UpdateStrategy strategy = order.change().strategy();
        Fields fields = new Fields()
                .put("ChangeOrderId", order.id().value())
                .put("AppId", order.application().value())
                .put("AppName", view.application().name())
                .put("CoType", TypeNames.name(order.change()))
                .put("CoTypeCode", TypeNames.code(order.change()))
                .put("Status", StatusNames.number(order.status()))
                .put("SubStatus", order.attention().isPresent() ? 1 : 0)
                .put("Description", order.change().description())
                .put("CreateTime", time.ofOrder(order.createdAt()))
                .put("CreateUserId", order.createdBy().name())
                .put("Auto", isAutomatic(strategy))
                .put("BatchType", batchType(strategy))
                .put("BatchCount", batchCount(order))
                .put("BatchWaitTime", strategy.pause().toSeconds())
                .put("ApplicationUpdateStrategy", RevisionTexts.strategy(strategy))
                .put("SupportRollback", order.isLive() && !order.isRollback())
                .put("Pipelines", pipelines(order))
                .putIfPresent(
                        "CurrentPipelineId",
                        order.progress().currentBatch().map(batch -> batch.id().value()))
                .putIfPresent("ErrorMessage", Prose.of(order))
                .putIfPresent("Attention", order.attention().map(Prose::name))
                .putIfPresent("RollbackChangeOrderId", order.undoneBy().map(ChangeOrderId::value))
                .putIfPresent("UndoesChangeOrderId", order.undoes().map(ChangeOrderId::value));
        order.ending()
                .ifPresent(ending -> fields.put("FinishTime", time.ofOrder(ending.at()))
                        .put("EndedBy", ending.by().name()));
        order.proof().ifPresent(proof -> fields.put("Proof", proof(proof)));
        return fields;
    }

    /** A row of ListChangeOrders. */
    public Fields row(ChangeOrder order) {
        Fields fields = new Fields()
                .put("ChangeOrderId", order.id().value())
                .put("AppId", order.application().value())
                .put("GroupId", ApplicationFields.GROUP)
                .put("CoType", TypeNames.name(order.change()))
                .put("CoTypeCode", TypeNames.code(order.change()))
                .put("Status", StatusNames.number(order.status()))
                .put("SubStatus", order.attention().isPresent() ? 1 : 0)
                .put("Description", order.change().description())
                .put("BatchCount", batchCount(order))
                .put("BatchType", batchType(order.change().strategy()))
                .put("CreateTime", time.ofOrder(order.createdAt()))
                .put("CreateUserId", order.createdBy().name())
                .put("UserId", order.createdBy().name());
        order.ending().ifPresent(ending -> fields.put("FinishTime", time.ofOrder(ending.at())));
        return fields;
    }

    static boolean isAutomatic(UpdateStrategy strategy) {
        return strategy.release() == UpdateStrategy.Release.AUTO;
    }

    static String batchType(UpdateStrategy strategy) {
        return isAutomatic(strategy) ? "auto" : "manual";
    }

    /** As planned; as the strategy has it while nothing is planned. */
    private static int batchCount(ChangeOrder order) {
        UpdateStrategy strategy = order.change().strategy();
        int planned = order.progress().batches().size();
        return planned > 0 ? planned : strategy.batches() + (strategy.gray() > 0 ? 1 : 0);
    }

    private static List<Fields> pipelines(ChangeOrder order) {
        return IntStream.range(0, order.progress().batches().size())
                .mapToObj(index -> pipeline(order, index))
                .toList();
    }

    private static Fields pipeline(ChangeOrder order, int index) {
        Batch batch = order.progress().batches().get(index);
        Fields fields = new Fields()
                .put("PipelineId", batch.id().value())
                .put("PipelineName", BatchStatus.name(index))
                .put("Status", BatchStatus.of(order, index))
                .put("BatchType", isAutomatic(order.change().strategy()) ? AUTOMATIC : MANUAL)
                .put("ParallelCount", changedInstances(order, index));
        batch.startedAt().map(Instant::toEpochMilli).ifPresent(at -> fields.put("StartTime", at));
        batch.updatedAt().map(Instant::toEpochMilli).ifPresent(at -> fields.put("UpdateTime", at));
        return fields;
    }

    /** How many instances the batch brings or takes away, by its plan. */
    private static int changedInstances(ChangeOrder order, int index) {
        Change change = order.change();
        List<Batch> batches = order.progress().batches();
        int now = wanted(change, batches.get(index));
        int before = index == 0 ? wantedAtStart(change) : wanted(change, batches.get(index - 1));
        return Math.abs(now - before);
    }

    private static int wanted(Change change, Batch batch) {
        return change.after().isRunning()
                ? batch.target().only(entry -> isWanted(change, entry)).total()
                : batch.target().total();
    }

    private static int wantedAtStart(Change change) {
        Snapshot before = change.before();
        boolean counts = !change.after().isRunning()
                || (!change.isRollback()
                        && !change.target().fresh()
                        && before.revisionIfAny().equals(change.target().revision()));
        return counts ? before.count() : 0;
    }

    private static boolean isWanted(Change change, Entry entry) {
        return change.target().revision().filter(entry.revision()::equals).isPresent()
                && (!change.target().fresh()
                        || entry.generation() == change.target().generation());
    }

    private static Fields proof(Proof proof) {
        return new Fields()
                .put("Holds", proof.holds())
                .put(
                        "Differences",
                        proof.differences().stream()
                                .map(OrderFields::difference)
                                .toList())
                .putTexts("Evidence", proof.evidence())
                .putTexts("Unchecked", proof.unchecked());
    }

    private static Fields difference(Difference difference) {
        return new Fields()
                .put("Kind", difference.kind().name())
                .putIfPresent("InstanceId", difference.instance().map(Object::toString))
                .put("Expected", difference.expected())
                .put("Found", difference.found());
    }
}
