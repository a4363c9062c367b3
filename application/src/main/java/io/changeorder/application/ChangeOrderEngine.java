package io.changeorder.application;

import io.changeorder.application.api.command.Commands;
import io.changeorder.application.api.query.Queries;
import io.changeorder.application.engine.ApplicationDriver;
import io.changeorder.application.engine.ChangeOrderRunner;
import io.changeorder.application.engine.Committer;
import io.changeorder.application.engine.Effects;
import io.changeorder.application.engine.EventFeed;
import io.changeorder.application.engine.Identities;
import io.changeorder.application.engine.UuidV7IdSource;
import io.changeorder.application.spi.Authorizer;
import io.changeorder.application.spi.ChangeOrderListener;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.application.spi.IdSource;
import io.changeorder.application.spi.Metrics;
import io.changeorder.application.spi.Workers;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.store.ChangeOrderStore;
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
import io.changeorder.domain.id.NodeId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The engine as a host embeds it: built from a store and a runtime, started once, closed once. Nothing in it is static,
 * so a JVM can hold several. Safe from any thread.
 */
@Singleton
public final class ChangeOrderEngine implements AutoCloseable {
    private final Commands commands;
    private final Queries queries;
    private final ChangeOrderRunner runner;
    private final EventFeed feed;

    /** For a host's own injector; by hand there is {@link #builder()}. */
    @Inject
    public ChangeOrderEngine(Commands commands, Queries queries, ChangeOrderRunner runner, EventFeed feed) {
        this.commands = commands;
        this.queries = queries;
        this.runner = runner;
        this.feed = feed;
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Takes over what was left behind and drives live orders from now on. Commands that were accepted before are carried
     * out from here on. Used once; when the store can't be reached it throws, and the engine is closed.
     *
     * @throws IllegalStateException when it was started or closed before
     */
    public ChangeOrderEngine start() {
        try {
            runner.start();
        } catch (IllegalStateException startedOrClosed) {
            throw startedOrClosed;
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
        return this;
    }

    public Commands commands() {
        return commands;
    }

    public Queries queries() {
        return queries;
    }

    /**
     * Lets moves that are being made finish, ends every thread, and hands back what is left: other nodes may have it at
     * once. The store and the runtime stay open: they are the
     * host's. Commands throw {@link IllegalStateException} from now on; queries go on as long as the store does.
     */
    @Override
    public void close() {
        runner.close();
        feed.close();
    }

    /** Collects what an engine is built from. Not thread-safe. */
    public static final class Builder {
        private Optional<ChangeOrderStore> store = Optional.empty();
        private Optional<ApplicationRuntime> runtime = Optional.empty();
        private Authorizer authorizer = Authorizer.ALLOW_ALL;
        private ChangeOrderListener listener = ChangeOrderListener.NONE;
        private Metrics metrics = Metrics.NONE;
        private InstantSource clock = Clock.systemUTC();
        private Optional<IdSource> ids = Optional.empty();
        private Optional<NodeId> node = Optional.empty();
        private Optional<Workers> workers = Optional.empty();
        private EngineOptions options = EngineOptions.DEFAULT;

        private Builder() {}

        /** Where everything is kept; needed. */
        public Builder store(ChangeOrderStore newStore) {
            store = Optional.of(newStore);
            return this;
        }

        /** What runs the instances; needed. */
        public Builder runtime(ApplicationRuntime newRuntime) {
            runtime = Optional.of(newRuntime);
            return this;
        }

        /** Who may do what; everybody everything unless set. */
        public Builder authorizer(Authorizer newAuthorizer) {
            authorizer = newAuthorizer;
            return this;
        }

        /** Who is told what happened. */
        public Builder listener(ChangeOrderListener newListener) {
            listener = newListener;
            return this;
        }

        public Builder metrics(Metrics newMetrics) {
            metrics = newMetrics;
            return this;
        }

        public Builder clock(InstantSource newClock) {
            clock = newClock;
            return this;
        }

        /** UUIDs of version 7 unless set. */
        public Builder ids(IdSource newIds) {
            ids = Optional.of(newIds);
            return this;
        }

        /** Which node it is, where something else knows it too; another one each time, and a new one unless set. */
        public Builder node(NodeId newNode) {
            node = Optional.of(newNode);
            return this;
        }

        public Builder options(EngineOptions newOptions) {
            options = newOptions;
            return this;
        }

        /** Who does its work; threads of its own unless set, which is right for all but simulations. One engine's only. */
        public Builder workers(Workers newWorkers) {
            workers = Optional.of(newWorkers);
            return this;
        }

        /**
         * Builds the engine; it does nothing before {@link ChangeOrderEngine#start()}.
         *
         * @throws IllegalStateException without a store or a runtime
         */
        public ChangeOrderEngine build() {
            ChangeOrderStore theStore =
                    store.orElseThrow(() -> new IllegalStateException("an engine needs a store: builder().store(...)"));
            ApplicationRuntime theRuntime = runtime.orElseThrow(
                    () -> new IllegalStateException("an engine needs a runtime: builder().runtime(...)"));
            IdSource theIds = ids.orElseGet(() -> new UuidV7IdSource(clock));
            Identities identities =
                    node.map(each -> new Identities(theIds, each)).orElseGet(() -> new Identities(theIds));
            EventFeed feed = new EventFeed(listener, metrics);
            Committer committer = new Committer(theStore, feed, identities);
            Effects effects = new Effects(theStore, theRuntime, options, metrics);
            ApplicationDriver driver = new ApplicationDriver(theStore, committer, effects, identities, clock, metrics);
            ChangeOrderRunner runner = workers.map(each -> new ChangeOrderRunner(
                            theStore, theRuntime, driver, identities, options, clock, metrics, each))
                    .orElseGet(() ->
                            new ChangeOrderRunner(theStore, theRuntime, driver, identities, options, clock, metrics));
            CommandDesk desk = new CommandDesk(theStore, committer, effects, runner, authorizer, clock, metrics);
            return new ChangeOrderEngine(
                    commands(theStore, theRuntime, identities, effects, runner, desk),
                    queries(theStore, theRuntime),
                    runner,
                    feed);
        }

        private Commands commands(
                ChangeOrderStore theStore,
                ApplicationRuntime theRuntime,
                Identities identities,
                Effects effects,
                ChangeOrderRunner runner,
                CommandDesk desk) {
            Applications applications = new Applications(theStore);
            Deployables deployables = new Deployables(theStore, theRuntime);
            AbortDesk aborts = new AbortDesk(desk, theStore, applications);
            return new Commands(
                    new AbortingAndRollingBack(aborts, identities),
                    new AbortingChangeOrder(aborts, identities),
                    new ConfirmingBatch(desk, effects, applications),
                    new RetryingChangeOrder(desk, applications),
                    new CreatingApplication(desk, deployables, options, identities),
                    new DeployingApplication(desk, applications, deployables, options, identities),
                    new RollingBackApplication(desk, applications, identities, theStore, effects, options),
                    new RescalingApplication(desk, applications, identities, options),
                    new RestartingApplication(desk, applications, identities),
                    new StartingApplication(desk, applications, identities),
                    new StoppingApplication(desk, applications, identities),
                    new DeletingApplication(desk, applications, identities),
                    new SettingMaintenance(theStore, authorizer, runner, clock));
        }

        private Queries queries(ChangeOrderStore theStore, ApplicationRuntime theRuntime) {
            QueryDesk desk = new QueryDesk(authorizer, clock, metrics);
            Applications applications = new Applications(theStore);
            Observer observer = new Observer(theRuntime);
            ApplicationViews views = new ApplicationViews(theStore, applications, observer);
            return new Queries(
                    new DescribingChangeOrder(desk, applications),
                    new ListingChangeOrders(desk, applications, theStore),
                    new DescribingBatch(desk, applications, observer),
                    new DescribingApplication(desk, applications, views),
                    new ListingApplications(desk, theStore, views),
                    new ListingApplicationVersions(desk, applications, theStore),
                    new DescribingMaintenance(desk, theStore));
        }
    }
}
