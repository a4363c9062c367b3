package io.changeorder.adapter.rest.deployment;

import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.RejectedRequest;
import io.changeorder.adapter.rest.message.WireError;
import io.changeorder.adapter.rest.parameter.JsonParameter;
import io.changeorder.adapter.rest.parameter.Parameters;
import io.changeorder.domain.app.UpdateStrategy;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * UpdateStrategy and BatchWaitTime (SAE 2019-05-06, DeployApplication). An empty strategy is a single batch.
 * {@code batchWaitTime} inside is in minutes, BatchWaitTime outside in seconds; if both are there, the one outside wins.
 */
public final class StrategyParameter {
    private static final String STRATEGY = "UpdateStrategy";
    private static final String WAIT = "BatchWaitTime";

    private StrategyParameter() {}

    /** From the present strategy to the wanted one; what is not said stays. */
    public static UnaryOperator<UpdateStrategy> change(Parameters parameters) {
        Optional<UpdateStrategy> wanted = whole(parameters);
        OptionalInt seconds = waitSeconds(parameters);
        return present -> {
            UpdateStrategy strategy = wanted.orElse(present);
            return seconds.isPresent() ? paused(strategy, Duration.ofSeconds(seconds.getAsInt())) : strategy;
        };
    }

    /** The strategy of one order; absent when UpdateStrategy is, for then there are no waits to speak of either. */
    public static Optional<UpdateStrategy> once(Parameters parameters) {
        UnaryOperator<UpdateStrategy> change = change(parameters);
        return whole(parameters).map(change);
    }

    private static Optional<UpdateStrategy> whole(Parameters parameters) {
        return parameters.sent(STRATEGY).map(text -> text.isBlank() ? UpdateStrategy.SINGLE_BATCH : parse(text));
    }

    private static UpdateStrategy parse(String text) {
        JsonParameter json = JsonParameter.parse(STRATEGY, text).requireObject();
        if (json.isEmpty()) {
            return UpdateStrategy.SINGLE_BATCH;
        }
        JsonParameter type = json.requiredMember("type");
        return switch (type.text().toLowerCase(Locale.ROOT)) {
            case "batchupdate" -> batches(json, 0);
            case "graybatchupdate" ->
                batches(
                        json,
                        json.requiredMember("grayUpdate")
                                .requireObject()
                                .requiredMember("gray")
                                .integer(1));
            default -> throw type.unusable("is neither BatchUpdate nor GrayBatchUpdate");
        };
    }

    private static UpdateStrategy batches(JsonParameter json, int gray) {
        Optional<JsonParameter> update = json.member("batchUpdate").map(JsonParameter::requireObject);
        int batches = update.flatMap(each -> each.member("batch"))
                .map(batch -> batch.integer(1))
                .orElse(1);
        UpdateStrategy.Release release = update.flatMap(each -> each.member("releaseType"))
                .map(StrategyParameter::release)
                .orElse(UpdateStrategy.Release.AUTO);
        int minutes = update.flatMap(each -> each.member("batchWaitTime"))
                .map(wait -> wait.integer(0))
                .orElse(0);
        return new UpdateStrategy(gray, batches, release, Duration.ofMinutes(minutes));
    }

    private static UpdateStrategy.Release release(JsonParameter type) {
        return switch (type.text().toLowerCase(Locale.ROOT)) {
            case "auto" -> UpdateStrategy.Release.AUTO;
            case "manual" -> UpdateStrategy.Release.MANUAL;
            default -> throw type.unusable("is neither auto nor manual");
        };
    }

    private static OptionalInt waitSeconds(Parameters parameters) {
        OptionalInt seconds = parameters.number(WAIT, Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (seconds.orElse(0) < 0) {
            throw new RejectedRequest(Failure.of(WireError.WAIT_NEGATIVE));
        }
        return seconds;
    }

    private static UpdateStrategy paused(UpdateStrategy strategy, Duration pause) {
        return new UpdateStrategy(strategy.gray(), strategy.batches(), strategy.release(), pause);
    }
}
