package io.changeorder.adapter.rest.operation;

import io.changeorder.adapter.rest.message.Answer;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.Fields;
import io.changeorder.adapter.rest.message.RejectedRequest;
import io.changeorder.adapter.rest.parameter.IdParameters;
import io.changeorder.adapter.rest.parameter.Parameters;
import io.changeorder.adapter.rest.view.ApplicationFields;
import io.changeorder.adapter.rest.view.CommandFields;
import io.changeorder.adapter.rest.view.InstanceFields;
import io.changeorder.application.api.Operation;
import io.changeorder.application.api.query.DescribeApplication;
import io.changeorder.application.api.query.ListApplicationVersions;
import io.changeorder.application.api.query.Queries;
import io.changeorder.application.api.query.Views.ApplicationView;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.order.Batch;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.revision.RevisionId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** DescribeApplicationInstances. */
final class InstanceQuery {
    private static final Comparator<Instance> OLDEST_FIRST =
            Comparator.comparing(Instance::countedFrom).thenComparing(Instance::id);

    private final Queries queries;
    private final CommandFields fields;

    InstanceQuery(Queries queries, CommandFields fields) {
        this.queries = queries;
        this.fields = fields;
    }

    Answer describe(Call call) {
        Parameters parameters = call.parameters();
        DescribeApplication.Query query = new DescribeApplication.Query(
                IdParameters.application(parameters), Operation.DESCRIBE_APPLICATION_INSTANCES);
        if (!parameters.requiredText("GroupId").equals(ApplicationFields.GROUP)) {
            throw new RejectedRequest(Failure.invalid("GroupId"));
        }
        Paging paging = Paging.of(parameters);
        boolean ascending = parameters.bool("Reverse").orElse(false);
        Optional<InstanceId> instance = IdParameters.instanceIfAny(parameters);
        Optional<BatchId> batch = IdParameters.batchIfAny(parameters);
        return queries.describeApplication()
                .handle(call.request(), query)
                .match(
                        view -> page(
                                call,
                                view,
                                paging,
                                chosen(view, instance, batch)
                                        .sorted(ascending ? OLDEST_FIRST : OLDEST_FIRST.reversed())
                                        .toList()),
                        refusal -> fields.refused(refusal, false));
    }

    private Answer page(Call call, ApplicationView view, Paging paging, List<Instance> chosen) {
        List<Instance> shown = paging.of(chosen);
        Map<RevisionId, Version> versions = versions(call, view, shown);
        List<Fields> rows =
                shown.stream().map(each -> InstanceFields.row(each, versions)).toList();
        return Answer.of(paging.data("Instances", rows, chosen.size()));
    }

    private static Stream<Instance> chosen(
            ApplicationView view, Optional<InstanceId> instance, Optional<BatchId> batch) {
        Optional<Composition> target = batch.map(id -> target(view, id));
        return view.instances().stream()
                .filter(each -> instance.isEmpty() || instance.get().equals(each.id()))
                .filter(each -> target.isEmpty() || target.get().count(each.entry()) > 0);
    }

    /** What a batch of the last order brings; the instances of earlier orders are gone or part of it. */
    private static Composition target(ApplicationView view, BatchId batch) {
        return view.lastOrder().stream()
                .flatMap(order -> order.progress().batches().stream())
                .filter(each -> each.id().equals(batch))
                .map(Batch::target)
                .findFirst()
                .orElseThrow(() -> new RejectedRequest(Failure.invalid("PipelineId")));
    }

    /** The versions of these instances: they only lend their label, so the caller need not be allowed to list them. */
    private Map<RevisionId, Version> versions(Call call, ApplicationView view, List<Instance> instances) {
        Map<RevisionId, Version> settled =
                view.version().map(version -> Map.of(version.id(), version)).orElse(Map.of());
        if (instances.stream().allMatch(each -> settled.containsKey(each.entry().revision()))) {
            return settled;
        }
        return queries.listVersions()
                .handle(
                        call.request(),
                        new ListApplicationVersions.Query(
                                view.application().id(), Operation.DESCRIBE_APPLICATION_INSTANCES))
                .match(
                        all -> all.stream().collect(Collectors.toMap(Version::id, version -> version)),
                        refusal -> settled);
    }
}
