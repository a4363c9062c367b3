package io.changeorder.adapter.rest.operation;

import io.changeorder.adapter.rest.message.Answer;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.RejectedRequest;
import io.changeorder.adapter.rest.parameter.IdParameters;
import io.changeorder.adapter.rest.parameter.Parameters;
import io.changeorder.adapter.rest.view.CommandFields;
import io.changeorder.adapter.rest.view.OrderFields;
import io.changeorder.adapter.rest.view.PipelineFields;
import io.changeorder.adapter.rest.view.StatusNames;
import io.changeorder.adapter.rest.view.TypeNames;
import io.changeorder.application.api.query.DescribeBatch;
import io.changeorder.application.api.query.DescribeChangeOrder;
import io.changeorder.application.api.query.ListChangeOrders;
import io.changeorder.application.api.query.Queries;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The queries about orders. */
final class OrderQueries {
    private final Queries queries;
    private final OrderFields orders;
    private final CommandFields fields;

    OrderQueries(Queries queries, OrderFields orders, CommandFields fields) {
        this.queries = queries;
        this.orders = orders;
        this.fields = fields;
    }

    Answer describe(Call call) {
        return queries.describeOrder()
                .handle(call.request(), new DescribeChangeOrder.Query(IdParameters.order(call.parameters())))
                .match(view -> Answer.of(orders.describe(view)), refusal -> fields.refused(refusal, false));
    }

    Answer list(Call call) {
        Parameters parameters = call.parameters();
        Paging paging = Paging.of(parameters);
        ListChangeOrders.Query query = new ListChangeOrders.Query(
                IdParameters.application(parameters),
                filter(parameters, "CoType", TypeNames::parse),
                filter(parameters, "CoStatus", StatusNames::parse),
                parameters.text("Key").orElse(""),
                parameters.bool("Reverse").orElse(false),
                paging.page(),
                paging.size());
        return queries.listOrders()
                .handle(call.request(), query)
                .match(
                        page -> Answer.of(paging.data(
                                "ChangeOrderList", page.map(orders::row).items(), page.total())),
                        refusal -> fields.refused(refusal, false));
    }

    Answer describePipeline(Call call) {
        return queries.describeBatch()
                .handle(call.request(), new DescribeBatch.Query(IdParameters.batch(call.parameters())))
                .match(view -> Answer.of(PipelineFields.of(view)), refusal -> fields.refused(refusal, false));
    }

    private static <T> Set<T> filter(Parameters parameters, String name, Function<String, Optional<T>> parse) {
        return parameters
                .text(name)
                .map(text -> Set.of(parse.apply(text).orElseThrow(() -> new RejectedRequest(Failure.invalid(name)))))
                .orElse(Set.of());
    }
}
