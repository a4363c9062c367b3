package io.changeorder.adapter.rest.operation;

import io.changeorder.adapter.rest.message.Answer;
import io.changeorder.adapter.rest.message.Fields;
import io.changeorder.adapter.rest.parameter.Parameters;
import io.changeorder.adapter.rest.view.CommandFields;
import io.changeorder.application.api.Maintenance;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.command.SetMaintenance;
import io.changeorder.application.api.query.DescribeMaintenance;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Maintenance: not the vendor's, but in its style. */
final class MaintenanceOperations {
    private static final int MAX_SECONDS = 7 * 24 * 3600;

    private final SetMaintenance set;
    private final DescribeMaintenance describe;
    private final CommandFields fields;
    private final InstantSource clock;

    MaintenanceOperations(SetMaintenance set, DescribeMaintenance describe, CommandFields fields, InstantSource clock) {
        this.set = set;
        this.describe = describe;
        this.fields = fields;
        this.clock = clock;
    }

    /** Enabled, and DurationSeconds. */
    Answer set(Call call) {
        Parameters parameters = call.parameters();
        boolean enabled = parameters.requiredBool("Enabled");
        int seconds = parameters.number("DurationSeconds", 1, MAX_SECONDS).orElse((int)
                SetMaintenance.DEFAULT_LENGTH.toSeconds());
        Optional<Duration> length = enabled ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty();
        return answer(set.handle(call.request(), new SetMaintenance.Command(length)));
    }

    Answer describe(Call call) {
        return answer(describe.handle(call.request()));
    }

    private Answer answer(Outcome<Maintenance> outcome) {
        return outcome.match(maintenance -> Answer.of(data(maintenance)), refusal -> fields.refused(refusal, true));
    }

    private Fields data(Maintenance maintenance) {
        boolean enabled = maintenance.isOn(clock.instant());
        Fields data = new Fields()
                .put("Enabled", enabled)
                .put("SwitchedBy", maintenance.by().name());
        maintenance.until().filter(until -> enabled).ifPresent(until -> data.put("Until", until.toEpochMilli()));
        return data;
    }
}
