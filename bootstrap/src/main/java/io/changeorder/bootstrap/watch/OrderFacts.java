package io.changeorder.bootstrap.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What DescribeChangeOrder tells of an order.
 *
 * @param batches in their order; empty until they are planned
 * @param currentBatch the id of the batch that runs or waits
 * @param needsPerson whether it can't go on by itself
 * @param error what is wrong and what to do, in sentences
 * @param rollback the order that takes this one back
 * @param undoes the order that this one takes back
 * @param json all of it, as it came
 */
public record OrderFacts(
        String id,
        String application,
        String applicationName,
        String typeCode,
        String type,
        OrderStatus status,
        List<BatchFacts> batches,
        Optional<String> currentBatch,
        boolean needsPerson,
        Optional<String> error,
        Optional<String> rollback,
        Optional<String> undoes,
        JsonNode json) {

    /**
     * What is told of a batch.
     *
     * @param count how many instances it changes
     */
    public record BatchFacts(String id, String name, OrderStatus status, int count) {}

    /** Reads Data of DescribeChangeOrder. */
    public static OrderFacts of(JsonNode data) {
        return new OrderFacts(
                data.path("ChangeOrderId").asText(),
                data.path("AppId").asText(),
                data.path("AppName").asText(),
                data.path("CoTypeCode").asText(),
                data.path("CoType").asText(),
                OrderStatus.of(data.path("Status").asInt(-1)),
                StreamSupport.stream(data.path("Pipelines").spliterator(), false)
                        .map(OrderFacts::batch)
                        .toList(),
                text(data, "CurrentPipelineId"),
                data.path("SubStatus").asInt() == 1,
                text(data, "ErrorMessage"),
                text(data, "RollbackChangeOrderId"),
                text(data, "UndoesChangeOrderId"),
                data);
    }

    public OrderFacts {
        batches = List.copyOf(batches);
    }

    private static BatchFacts batch(JsonNode pipeline) {
        return new BatchFacts(
                pipeline.path("PipelineId").asText(),
                pipeline.path("PipelineName").asText(),
                OrderStatus.of(pipeline.path("Status").asInt(-1)),
                pipeline.path("ParallelCount").asInt());
    }

    private static Optional<String> text(JsonNode data, String name) {
        return Optional.of(data.path(name).asText()).filter(text -> !text.isEmpty());
    }

    public boolean isLive() {
        return status.isLive();
    }

    public boolean hasSucceeded() {
        return status == OrderStatus.SUCCEEDED;
    }

    /** Which order it is, for people. */
    public String title() {
        return type + " " + applicationName + ", order " + id;
    }

    /** How it stands, for people. */
    public String standing() {
        return status.words() + (needsPerson ? ", needs a person" : "");
    }
}
