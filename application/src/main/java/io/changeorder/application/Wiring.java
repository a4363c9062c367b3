package io.changeorder.application;

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
import io.changeorder.application.engine.ApplicationDriver;
import io.changeorder.application.engine.ChangeOrderRunner;
import io.changeorder.application.engine.Committer;
import io.changeorder.application.engine.Effects;
import io.changeorder.application.engine.EventFeed;
import io.changeorder.application.engine.Identities;
import io.changeorder.application.usecase.ApplicationViews;
import io.changeorder.application.usecase.Applications;
import io.changeorder.application.usecase.CommandDesk;
import io.changeorder.application.usecase.Deployables;
import io.changeorder.application.usecase.Observer;
import io.changeorder.application.usecase.QueryDesk;
import io.changeorder.application.usecase.command.AbortDesk;
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
import java.util.ArrayList;
import java.util.List;

/**
 * What an injector can't find out by itself: which class carries out which use case, and which classes there are. All of
 * them have one constructor with {@code jakarta.inject.Inject} and are {@code jakarta.inject.Singleton}. What the host
 * brings is what {@link ChangeOrderEngine.Builder} takes: a {@code ChangeOrderStore}, an {@code ApplicationRuntime}, an
 * {@code Authorizer}, a {@code ChangeOrderListener}, {@code Metrics}, an {@code InstantSource}, an {@code IdSource} and
 * {@code EngineOptions}. Whoever builds by hand needs none of this.
 */
public final class Wiring {
    private Wiring() {}

    /** Is told of every use case. */
    public interface Binder {
        /**
         * Have this use case carried out so.
         *
         * @param useCase the interface that others depend on
         * @param by the class behind it
         */
        <T> void bind(Class<T> useCase, Class<? extends T> by);
    }

    /** Every use case with the class that carries it out, commands first. */
    public static void useCases(Binder binder) {
        binder.bind(AbortAndRollBackChangeOrder.class, AbortingAndRollingBack.class);
        binder.bind(AbortChangeOrder.class, AbortingChangeOrder.class);
        binder.bind(ConfirmBatch.class, ConfirmingBatch.class);
        binder.bind(RetryChangeOrder.class, RetryingChangeOrder.class);
        binder.bind(CreateApplication.class, CreatingApplication.class);
        binder.bind(DeployApplication.class, DeployingApplication.class);
        binder.bind(RollBackApplication.class, RollingBackApplication.class);
        binder.bind(RescaleApplication.class, RescalingApplication.class);
        binder.bind(RestartApplication.class, RestartingApplication.class);
        binder.bind(StartApplication.class, StartingApplication.class);
        binder.bind(StopApplication.class, StoppingApplication.class);
        binder.bind(DeleteApplication.class, DeletingApplication.class);
        binder.bind(SetMaintenance.class, SettingMaintenance.class);
        binder.bind(DescribeChangeOrder.class, DescribingChangeOrder.class);
        binder.bind(ListChangeOrders.class, ListingChangeOrders.class);
        binder.bind(DescribeBatch.class, DescribingBatch.class);
        binder.bind(DescribeApplication.class, DescribingApplication.class);
        binder.bind(ListApplications.class, ListingApplications.class);
        binder.bind(ListApplicationVersions.class, ListingApplicationVersions.class);
        binder.bind(DescribeMaintenance.class, DescribingMaintenance.class);
    }

    /** Every class that an injector makes one of, the classes behind the use cases included; in no particular order. */
    public static List<Class<?>> classes() {
        List<Class<?>> all = new ArrayList<>(List.of(
                ChangeOrderEngine.class,
                Commands.class,
                Queries.class,
                ChangeOrderRunner.class,
                ApplicationDriver.class,
                Committer.class,
                Effects.class,
                EventFeed.class,
                Identities.class,
                CommandDesk.class,
                QueryDesk.class,
                AbortDesk.class,
                Applications.class,
                ApplicationViews.class,
                Deployables.class,
                Observer.class));
        useCases(new Binder() {
            @Override
            public <T> void bind(Class<T> useCase, Class<? extends T> by) {
                all.add(by);
            }
        });
        return List.copyOf(all);
    }
}
