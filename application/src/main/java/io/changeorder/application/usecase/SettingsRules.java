package io.changeorder.application.usecase;

import io.changeorder.application.spi.EngineOptions;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.decision.Refusal.Reason;
import java.util.Optional;

/** Which settings an application may have; the first refusal wins. */
public final class SettingsRules {
    private SettingsRules() {}

    /** The refusal of this number of instances, if it is refused. */
    public static Optional<Refusal> judgeReplicas(int replicas, EngineOptions options) {
        return replicas < 1 || replicas > options.maxReplicas()
                ? Optional.of(Refusal.about(
                        Reason.PARAMETER_UNUSABLE, "Replicas", "1 to " + options.maxReplicas() + " are possible"))
                : Optional.empty();
    }

    /** The refusal of settings under which an order would be carried out, if they are refused. */
    public static Optional<Refusal> judge(Settings settings, EngineOptions options) {
        Optional<Refusal> replicas = judgeReplicas(settings.replicas(), options);
        if (replicas.isPresent()) {
            return replicas;
        }
        if (settings.strategy().isPhased() && !settings.strategy().fits(settings.replicas())) {
            return Optional.of(Refusal.about(Reason.PARAMETER_INVALID, "UpdateStrategy"));
        }
        return settings.floor().fits(settings.replicas())
                ? Optional.empty()
                : Optional.of(Refusal.of(Reason.FLOOR_NOT_BELOW_REPLICAS));
    }
}
