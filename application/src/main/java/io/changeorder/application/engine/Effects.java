package io.changeorder.application.engine;

import io.changeorder.application.spi.EngineOptions;
import io.changeorder.application.spi.Metrics;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.runtime.ApplicationRuntime.ScaleResult;
import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Effect;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.Revision;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the runtime to look, and to do what was decided and committed. Whatever a runtime throws means that it can't do it
 * now. Keeps nothing: whether a fence is still to be raised is said by the application's growth, which is halted in the
 * commit in which the fence grows and free again in one that follows its confirmation. Safe from any thread.
 */
@Singleton
public final class Effects {
    private static final Logger LOG = LoggerFactory.getLogger(Effects.class);

    private final ChangeOrderStore store;
    private final ApplicationRuntime runtime;
    private final EngineOptions options;
    private final Metrics metrics;

    @Inject
    public Effects(ChangeOrderStore store, ApplicationRuntime runtime, EngineOptions options, Metrics metrics) {
        this.store = store;
        this.runtime = runtime;
        this.options = options;
        this.metrics = metrics;
    }

    /** Whether nothing older than this fence of the application can take effect any more; raises it where needed. */
    public boolean confirmFence(Application application) {
        if (!application.growth().isHalted()) {
            return true;
        }
        try {
            return ask(
                    application.id(), () -> runtime.raise(application.id(), application.fence(), options.raiseLimit()));
        } catch (RuntimeUnavailableException unavailable) {
            return false;
        }
    }

    Observation observe(ApplicationId application) {
        return ask(application, () -> runtime.observe(application));
    }

    Proof prove(ApplicationId application, Composition expected, Duration readyFor) {
        return ask(
                application,
                () -> runtime.prove(application, expected, entry -> revision(application, entry), readyFor));
    }

    /** How effects went. */
    enum Performed {
        DONE,
        /** Somebody has a newer fence; what was not done before that never will be. */
        STALE,
        /** The runtime can't do it now, or did not say that it did: what was asked for may come yet. */
        UNCERTAIN
    }

    /** Does these effects in order, but raises no fence: that is done at the next look, before anything else. */
    Performed perform(ApplicationId application, List<Effect> effects) {
        try {
            return effects.stream().allMatch(effect -> ask(application, () -> isDone(application, effect)))
                    ? Performed.DONE
                    : Performed.STALE;
        } catch (RuntimeUnavailableException unavailable) {
            return Performed.UNCERTAIN;
        }
    }

    private boolean isDone(ApplicationId application, Effect effect) {
        ScaleResult result = effect.match(
                scale -> runtime.scale(
                        application, scale.entry(), revision(application, scale.entry()), scale.count(), scale.fence()),
                raise -> ScaleResult.INITIATED,
                fresh -> runtime.startAfresh(application, fresh.replaced(), fresh.fence()),
                release -> {
                    runtime.release(application, release.fence());
                    return ScaleResult.INITIATED;
                });
        return result == ScaleResult.INITIATED;
    }

    private Revision revision(ApplicationId application, Entry entry) {
        return store.findVersion(application, entry.revision())
                .map(Version::revision)
                .orElseThrow(() -> new IllegalStateException("no version " + entry + " of " + application));
    }

    private <T> T ask(ApplicationId application, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeUnavailableException unavailable) {
            LOG.warn("The runtime can't do it now for {}: {}", application, unavailable.getMessage());
            metrics.threw("runtime");
            throw unavailable;
        } catch (RuntimeException broken) {
            LOG.error("The runtime threw for {}", application, broken);
            metrics.threw("runtime");
            throw new RuntimeUnavailableException("the runtime threw " + broken, broken);
        }
    }
}
