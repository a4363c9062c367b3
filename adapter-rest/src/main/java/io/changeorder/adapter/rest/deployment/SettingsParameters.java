package io.changeorder.adapter.rest.deployment;

import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.RejectedRequest;
import io.changeorder.adapter.rest.parameter.Parameters;
import io.changeorder.domain.app.ReadyFloor;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Surge;
import io.changeorder.domain.app.Timing;
import io.changeorder.domain.app.UpdateStrategy;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** What an application has that is not in a revision. */
public final class SettingsParameters {
    private static final String REPLICAS = "Replicas";
    private static final String DESCRIPTION = "AppDescription";
    private static final int MAX_DESCRIPTION = 1024;
    private static final int MAX_SECONDS = 86_400;

    private SettingsParameters() {}

    /** The settings of a new application. */
    public static Settings create(Parameters parameters) {
        return change(parameters).apply(Settings.of(replicas(parameters)));
    }

    /** From the present settings to the wanted ones; what is not said stays. Everything was read when this returns. */
    public static UnaryOperator<Settings> change(Parameters parameters) {
        OptionalInt replicas = replicasIfAny(parameters);
        UnaryOperator<UpdateStrategy> strategy = StrategyParameter.change(parameters);
        Optional<ReadyFloor> floor = LimitParameters.floor(parameters);
        Optional<Surge> surge = LimitParameters.surge(parameters);
        OptionalInt readyFor = parameters.number("ReadyForSeconds", 0, MAX_SECONDS);
        OptionalInt instanceReady = parameters.number("InstanceReadySeconds", 1, MAX_SECONDS);
        Optional<String> description = description(parameters);
        return present -> new Settings(
                replicas.orElse(present.replicas()),
                strategy.apply(present.strategy()),
                floor.orElse(present.floor()),
                surge.orElse(present.surge()),
                new Timing(
                        seconds(readyFor, present.timing().readyFor()),
                        seconds(instanceReady, present.timing().instanceReady()),
                        present.timing().batch()),
                description.orElse(present.description()));
    }

    /** How many instances, 1 or more. */
    public static int replicas(Parameters parameters) {
        parameters.requiredText(REPLICAS);
        return replicasIfAny(parameters).orElseThrow();
    }

    private static OptionalInt replicasIfAny(Parameters parameters) {
        OptionalInt replicas = parameters.number(REPLICAS, Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (replicas.orElse(1) < 1) {
            throw new RejectedRequest(
                    Failure.unusable(REPLICAS, "1 or more are possible; StopApplication ends every instance"));
        }
        return replicas;
    }

    private static Duration seconds(OptionalInt wanted, Duration present) {
        return wanted.isPresent() ? Duration.ofSeconds(wanted.getAsInt()) : present;
    }

    private static Optional<String> description(Parameters parameters) {
        Optional<String> description = parameters.sent(DESCRIPTION);
        if (description.orElse("").length() > MAX_DESCRIPTION) {
            throw new RejectedRequest(
                    Failure.unusable(DESCRIPTION, "it is longer than " + MAX_DESCRIPTION + " characters"));
        }
        return description;
    }
}
