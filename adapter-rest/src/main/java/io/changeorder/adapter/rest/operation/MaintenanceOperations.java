package io.changeorder.adapter.rest.operation;

import io.changeorder.adapter.rest.message.Answer;
import io.changeorder.adapter.rest.message.Fields;
import io.changeorder.adapter.rest.parameter.Parameters;
import io.changeorder.adapter.rest.view.CommandFields;
import io.changeorder.application.api.Outcome;
import java.time.Duration;
import java.time.Instant;

/** Maintenance and health: not the vendor's, but in its style. */
final class MaintenanceOperations {
    private static final int DEFAULT_SECONDS = 3600;
    private static final int MAX_SECONDS = 7 * 24 * 3600;

    private final MaintenanceSwitch maintenance;
    private final CommandFields fields;

    MaintenanceOperations(MaintenanceSwitch maintenance, CommandFields fields) {
        this.maintenance = maintenance;
        this.fields = fields;
    }

    /** Enabled, and DurationSeconds (1 h unless said). */
    Answer set(Call call) {
        Parameters parameters = call.parameters();
        boolean enabled = parameters.requiredBool("Enabled");
        int seconds = parameters.number("DurationSeconds", 1, MAX_SECONDS).orElse(DEFAULT_SECONDS);
        return answer(
                enabled
                        ? maintenance.turnOn(call.request(), Duration.ofSeconds(seconds))
                        : maintenance.turnOff(call.request()),
                true);
    }

    Answer describe(Call call) {
        return answer(maintenance.describe(call.request()), false);
    }

    private Answer answer(Outcome<MaintenanceSwitch.State> outcome, boolean command) {
        return outcome.match(
                state -> Answer.of(data(state)), refusal -> fields.refused(refusal, command));
    }

    private static Fields data(MaintenanceSwitch.State state) {
        Fields data = new Fields().put("Enabled", state.until().isPresent());
        state.until().map(Instant::toEpochMilli).ifPresent(until -> data.put("Until", until));
        return data;
    }
}
