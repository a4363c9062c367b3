package io.changeorder.application.usecase.query;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.query.DescribeBatch;
import io.changeorder.application.api.query.Views.BatchView;
import io.changeorder.application.usecase.Applications;
import io.changeorder.application.usecase.Observer;
import io.changeorder.application.usecase.QueryDesk;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.order.Batch;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.plan.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** Tells a batch with its instances. */
@Singleton
public final class DescribingBatch implements DescribeBatch {
    private final QueryDesk desk;
    private final Applications applications;
    private final Observer observer;

    @Inject
    public DescribingBatch(QueryDesk desk, Applications applications, Observer observer) {
        this.desk = desk;
        this.applications = applications;
        this.observer = observer;
    }

    @Override
    public Outcome<BatchView> handle(Request request, Query query) {
        return desk.answer(
                request,
                Operation.DESCRIBE_PIPELINE,
                applications.batch(query.batch()),
                found -> found.map(located -> Outcome.accepted(view(located.order(), query.batch())))
                        .orElseGet(() -> Outcome.refused(Refusal.about(Refusal.Reason.BATCH_NOT_FOUND, "PipelineId"))));
    }

    private BatchView view(ChangeOrder order, BatchId id) {
        List<BatchId> ids = order.progress().batches().stream().map(Batch::id).toList();
        int index = ids.indexOf(id);
        return new BatchView(order, index, instances(order, index));
    }

    /** A batch that runs is looked at; one that ended tells what it ended with. */
    private List<Instance> instances(ChangeOrder order, int index) {
        Batch batch = order.progress().batches().get(index);
        boolean runs = order.isLive()
                && index == order.progress().current()
                && batch.startedAt().isPresent();
        return runs
                ? observer.instances(order.application()).orElse(List.of()).stream()
                        .filter(instance -> batch.target().count(instance.entry()) > 0)
                        .toList()
                : batch.outcome();
    }
}
