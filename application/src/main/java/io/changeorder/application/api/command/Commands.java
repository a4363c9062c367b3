package io.changeorder.application.api.command;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Every command, for whoever serves them all. */
@Singleton
public record Commands(
        AbortAndRollBackChangeOrder abortAndRollBack,
        AbortChangeOrder abort,
        ConfirmBatch confirm,
        RetryChangeOrder retry,
        CreateApplication create,
        DeployApplication deploy,
        RollBackApplication rollBack,
        RescaleApplication rescale,
        RestartApplication restart,
        StartApplication start,
        StopApplication stop,
        DeleteApplication delete,
        SetMaintenance setMaintenance) {

    @Inject
    public Commands {}
}
