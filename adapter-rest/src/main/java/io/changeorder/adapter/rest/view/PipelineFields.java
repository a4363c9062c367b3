package io.changeorder.adapter.rest.view;

import io.changeorder.adapter.rest.message.Fields;
import io.changeorder.application.api.query.Views.BatchView;
import io.changeorder.domain.order.Batch;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Ending;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.InstanceFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A batch as DescribePipeline tells of it: the stages <em>prepare</em> (the instance exists), <em>update</em> (it runs)
 * and <em>verify</em> (it is ready), each with one task per instance.
 */
public final class PipelineFields {
    private static final int IN_PARALLEL = 1;

    private enum Stage {
        PREPARE,
        UPDATE,
        VERIFY
    }

    private final BatchView view;
    private final Optional<InstanceFailure> failure;

    private PipelineFields(BatchView view) {
        this.view = view;
        this.failure = failure(view.order());
    }

    /** Data of DescribePipeline. */
    public static Fields of(BatchView view) {
        return new PipelineFields(view).fields();
    }

    private Fields fields() {
        List<Fields> stages = new ArrayList<>();
        Optional<Stage> current = Optional.empty();
        for (Stage stage : Stage.values()) {
            int status = status(stage);
            if (current.isEmpty() && status != BatchStatus.SUCCEEDED) {
                current = Optional.of(stage);
            }
            stages.add(stage(stage, status));
        }
        ChangeOrder order = view.order();
        List<Batch> batches = order.progress().batches();
        Fields fields = new Fields()
                .put("PipelineId", view.batch().id().value())
                .put("PipelineName", BatchStatus.name(view.index()))
                .put("PipelineStatus", BatchStatus.of(order, view.index()))
                .put("CoStatus", Integer.toString(StatusNames.number(order.status())))
                .put("ChangeOrderId", order.id().value())
                .put("ShowBatch", BatchStatus.waits(order, view.index()))
                .put("CurrentStageId", id(current.orElse(Stage.VERIFY)))
                .put("StageList", stages);
        if (view.index() + 1 < batches.size()) {
            fields.put("NextPipelineId", batches.get(view.index() + 1).id().value());
        }
        return fields;
    }

    private Fields stage(Stage stage, int status) {
        return new Fields()
                .put("StageId", id(stage))
                .put("StageName", name(stage))
                .put("ExecutorType", IN_PARALLEL)
                .put("Status", status)
                .put(
                        "TaskList",
                        view.instances().stream()
                                .map(instance -> task(stage, instance))
                                .toList());
    }

    private Fields task(Stage stage, Instance instance) {
        Optional<InstanceFailure> failed = failure.filter(each -> fails(stage, instance, each));
        Fields fields = new Fields()
                .put("TaskId", id(stage) + "-" + instance.id())
                .put("TaskName", name(stage) + " " + instance.id())
                .put("StageId", id(stage))
                .put("Status", status(stage, instance))
                .put("ErrorIgnore", 0)
                .put("ShowManualIgnore", false)
                .put("Message", instance.detail());
        failed.ifPresent(each -> fields.put("ErrorCode", each.kind().name()).put("ErrorMessage", Prose.of(each)));
        return fields;
    }

    private int status(Stage stage) {
        int batch = BatchStatus.of(view.order(), view.index());
        if (batch == BatchStatus.SUCCEEDED) {
            return BatchStatus.SUCCEEDED;
        }
        if (view.instances().isEmpty()) {
            boolean first = stage == Stage.PREPARE;
            boolean cutShort = BatchStatus.isCutShort(view.order(), view.index());
            return cutShort
                    ? BatchStatus.TERMINATED
                    : first && batch == BatchStatus.RUNNING ? batch : BatchStatus.PREPARED;
        }
        List<Integer> tasks = view.instances().stream()
                .map(instance -> status(stage, instance))
                .toList();
        if (tasks.contains(BatchStatus.FAILED)) {
            return BatchStatus.FAILED;
        }
        if (tasks.contains(BatchStatus.TERMINATED)) {
            return BatchStatus.TERMINATED;
        }
        if (tasks.stream().allMatch(task -> task == BatchStatus.SUCCEEDED)) {
            return BatchStatus.SUCCEEDED;
        }
        return tasks.stream().allMatch(task -> task == BatchStatus.PREPARED)
                ? BatchStatus.PREPARED
                : BatchStatus.RUNNING;
    }

    private int status(Stage stage, Instance instance) {
        if (failure.filter(each -> fails(stage, instance, each)).isPresent()) {
            return BatchStatus.FAILED;
        }
        int status = switch (stage) {
            case PREPARE -> BatchStatus.SUCCEEDED;
            case UPDATE ->
                switch (instance.state()) {
                    case RUNNING -> BatchStatus.SUCCEEDED;
                    case BACKING_OFF -> BatchStatus.WAITING_FOR_RETRY;
                    case STOPPING -> BatchStatus.RUNNING;
                };
            case VERIFY ->
                switch (instance.state()) {
                    case RUNNING -> instance.readySince().isPresent() ? BatchStatus.SUCCEEDED : BatchStatus.RUNNING;
                    case BACKING_OFF, STOPPING -> BatchStatus.PREPARED;
                };
        };
        boolean done = status == BatchStatus.SUCCEEDED;
        return !done && BatchStatus.isCutShort(view.order(), view.index()) ? BatchStatus.TERMINATED : status;
    }

    private boolean fails(Stage stage, Instance instance, InstanceFailure each) {
        Stage failed = switch (each.kind()) {
            case EXITED_TOO_OFTEN -> Stage.UPDATE;
            case NOT_READY_IN_TIME -> Stage.VERIFY;
        };
        return stage == failed
                && view.index() == view.order().progress().current()
                && each.instance().equals(instance.id());
    }

    private static Optional<InstanceFailure> failure(ChangeOrder order) {
        Optional<InstanceFailure> needsPerson = order.attention()
                .flatMap(attention -> attention.match(
                        Optional::empty,
                        Optional::empty,
                        failed -> Optional.of(failed.failure()),
                        left -> Optional.empty(),
                        broken -> Optional.empty()));
        return needsPerson.or(() -> order.ending().flatMap(Ending::failure));
    }

    private String id(Stage stage) {
        return view.batch().id() + "-" + name(stage);
    }

    private static String name(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }
}
