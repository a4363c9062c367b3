package io.changeorder.adapter.rest.operation;

import io.changeorder.application.api.command.AbortAndRollBackChangeOrder;
import io.changeorder.application.api.command.AbortChangeOrder;
import io.changeorder.application.api.command.ConfirmBatch;
import io.changeorder.application.api.command.CreateApplication;
import io.changeorder.application.api.command.DeleteApplication;
import io.changeorder.application.api.command.DeployApplication;
import io.changeorder.application.api.command.RescaleApplication;
import io.changeorder.application.api.command.RestartApplication;
import io.changeorder.application.api.command.RetryChangeOrder;
import io.changeorder.application.api.command.RollBackApplication;
import io.changeorder.application.api.command.StartApplication;
import io.changeorder.application.api.command.StopApplication;
import io.changeorder.application.api.query.DescribeApplication;
import io.changeorder.application.api.query.DescribeBatch;
import io.changeorder.application.api.query.DescribeChangeOrder;
import io.changeorder.application.api.query.ListApplicationVersions;
import io.changeorder.application.api.query.ListApplications;
import io.changeorder.application.api.query.ListChangeOrders;

/** Everything that can be asked of the engine: what the wire is laid over. */
public record UseCases(
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
        DescribeChangeOrder describeOrder,
        ListChangeOrders listOrders,
        DescribeBatch describeBatch,
        DescribeApplication describeApplication,
        ListApplications listApplications,
        ListApplicationVersions listVersions,
        MaintenanceSwitch maintenance) {}
