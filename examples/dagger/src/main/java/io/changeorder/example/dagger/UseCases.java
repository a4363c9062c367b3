package io.changeorder.example.dagger;

import dagger.Binds;
import dagger.Module;
import dagger.Provides;
import io.changeorder.application.api.command.AbortAndRollBackChangeOrder;
import io.changeorder.application.api.command.AbortChangeOrder;
import io.changeorder.application.api.command.Commands;
import io.changeorder.application.api.command.ConfirmBatch;
import io.changeorder.application.api.command.CreateApplication;
import io.changeorder.application.api.command.DeleteApplication;
import io.changeorder.application.api.command.DeployApplication;
import io.changeorder.application.api.command.RescaleApplication;
import io.changeorder.application.api.command.RestartApplication;
import io.changeorder.application.api.command.RetryChangeOrder;
import io.changeorder.application.api.command.RollBackApplication;
import io.changeorder.application.api.command.SetMaintenance;
import io.changeorder.application.api.command.StartApplication;
import io.changeorder.application.api.command.StopApplication;
import io.changeorder.application.api.query.DescribeApplication;
import io.changeorder.application.api.query.DescribeBatch;
import io.changeorder.application.api.query.DescribeChangeOrder;
import io.changeorder.application.api.query.DescribeMaintenance;
import io.changeorder.application.api.query.ListApplicationVersions;
import io.changeorder.application.api.query.ListApplications;
import io.changeorder.application.api.query.ListChangeOrders;
import io.changeorder.application.api.query.Queries;
import io.changeorder.application.usecase.command.AbortingAndRollingBack;
import io.changeorder.application.usecase.command.AbortingChangeOrder;
import io.changeorder.application.usecase.command.ConfirmingBatch;
import io.changeorder.application.usecase.command.CreatingApplication;
import io.changeorder.application.usecase.command.DeletingApplication;
import io.changeorder.application.usecase.command.DeployingApplication;
import io.changeorder.application.usecase.command.RescalingApplication;
import io.changeorder.application.usecase.command.RestartingApplication;
import io.changeorder.application.usecase.command.RetryingChangeOrder;
import io.changeorder.application.usecase.command.RollingBackApplication;
import io.changeorder.application.usecase.command.SettingMaintenance;
import io.changeorder.application.usecase.command.StartingApplication;
import io.changeorder.application.usecase.command.StoppingApplication;
import io.changeorder.application.usecase.query.DescribingApplication;
import io.changeorder.application.usecase.query.DescribingBatch;
import io.changeorder.application.usecase.query.DescribingChangeOrder;
import io.changeorder.application.usecase.query.DescribingMaintenance;
import io.changeorder.application.usecase.query.ListingApplicationVersions;
import io.changeorder.application.usecase.query.ListingApplications;
import io.changeorder.application.usecase.query.ListingChangeOrders;
import jakarta.inject.Singleton;

/** What {@code Wiring} says, in the words of Dagger, which must know it when it compiles. */
@Module
interface UseCases {
    @Binds
    AbortAndRollBackChangeOrder abortAndRollBack(AbortingAndRollingBack by);

    @Binds
    AbortChangeOrder abort(AbortingChangeOrder by);

    @Binds
    ConfirmBatch confirm(ConfirmingBatch by);

    @Binds
    RetryChangeOrder retry(RetryingChangeOrder by);

    @Binds
    CreateApplication create(CreatingApplication by);

    @Binds
    DeployApplication deploy(DeployingApplication by);

    @Binds
    RollBackApplication rollBack(RollingBackApplication by);

    @Binds
    RescaleApplication rescale(RescalingApplication by);

    @Binds
    RestartApplication restart(RestartingApplication by);

    @Binds
    StartApplication start(StartingApplication by);

    @Binds
    StopApplication stop(StoppingApplication by);

    @Binds
    DeleteApplication delete(DeletingApplication by);

    @Binds
    SetMaintenance setMaintenance(SettingMaintenance by);

    @Binds
    DescribeChangeOrder describeOrder(DescribingChangeOrder by);

    @Binds
    ListChangeOrders listOrders(ListingChangeOrders by);

    @Binds
    DescribeBatch describeBatch(DescribingBatch by);

    @Binds
    DescribeApplication describeApplication(DescribingApplication by);

    @Binds
    ListApplications listApplications(ListingApplications by);

    @Binds
    ListApplicationVersions listVersions(ListingApplicationVersions by);

    @Binds
    DescribeMaintenance describeMaintenance(DescribingMaintenance by);

    // Dagger looks for no constructor in a record.
    @Provides
    @Singleton
    static Commands commands(
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
        return new Commands(
                abortAndRollBack,
                abort,
                confirm,
                retry,
                create,
                deploy,
                rollBack,
                rescale,
                restart,
                start,
                stop,
                delete,
                setMaintenance);
    }

    @Provides
    @Singleton
    static Queries queries(
            DescribeChangeOrder describeOrder,
            ListChangeOrders listOrders,
            DescribeBatch describeBatch,
            DescribeApplication describeApplication,
            ListApplications listApplications,
            ListApplicationVersions listVersions,
            DescribeMaintenance describeMaintenance) {
        return new Queries(
                describeOrder,
                listOrders,
                describeBatch,
                describeApplication,
                listApplications,
                listVersions,
                describeMaintenance);
    }
}
