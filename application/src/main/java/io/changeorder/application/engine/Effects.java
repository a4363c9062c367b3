package io.changeorder.application.engine;

import io.changeorder.application.spi.EngineOptions;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.runtime.ApplicationRuntime.ScaleResult;
import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Effect;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.revision.Revision;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does to the runtime what was decided and committed, and remembers the fences that it has not confirmed yet. */
@Singleton
public final class Effects {
    private static final Logger LOG = LoggerFactory.getLogger(Effects.class);

    private final ChangeOrderStore store;
    private final ApplicationRuntime runtime;
    private final EngineOptions options;
    private final Map<ApplicationId, Fence> unconfirmed = new ConcurrentHashMap<>();

    @Inject
    public Effects(ChangeOrderStore store, ApplicationRuntime runtime, EngineOptions options) {
        this.store = store;
        this.runtime = runtime;
        this.options = options;
    }

    /** Raises the fences among the effects; those that the runtime does not confirm in time are raised again later. */
    public boolean raise(ApplicationId application, List<Effect> effects) {
        boolean confirmed = true;
        for (Effect effect : effects) {
            if (effect instanceof Effect.Raise raise) {
                unconfirmed.merge(application, raise.fence(), (old, grown) -> old.isOlderThan(grown) ? grown : old);
                confirmed = confirmFence(application);
            }
        }
        return confirmed;
    }

    /** Raises what was not confirmed yet. */
    public boolean confirmFence(ApplicationId application) {
        Fence fence = unconfirmed.get(application);
        if (fence == null) {
            return true;
        }
        try {
            boolean confirmed = runtime.raise(application, fence, options.raiseLimit());
            if (confirmed) {
                unconfirmed.remove(application, fence);
            }
            return confirmed;
        } catch (RuntimeUnavailableException unavailable) {
            LOG.warn("Fence {} of {} is not confirmed yet: {}", fence, application, unavailable.getMessage());
            return false;
        }
    }

    boolean hasUnconfirmedFence(ApplicationId application) {
        return unconfirmed.containsKey(application);
    }

    /** Does all the other effects, in order; a newer fence than theirs ends it. */
    ScaleResult perform(ApplicationId application, List<Effect> effects) {
        for (Effect effect : effects) {
            ScaleResult result = effect.match(
                    scale -> runtime.scale(
                            application,
                            scale.entry(),
                            revision(application, scale.entry()),
                            scale.count(),
                            scale.fence()),
                    raise -> ScaleResult.INITIATED,
                    fresh -> runtime.startAfresh(application, fresh.replaced(), fresh.fence()));
            if (result == ScaleResult.STALE_FENCE) {
                return result;
            }
        }
        return ScaleResult.INITIATED;
    }

    Revision revision(ApplicationId application, Entry entry) {
        return store.findVersion(application, entry.revision())
                .map(Version::revision)
                .orElseThrow(() -> new IllegalStateException("no version " + entry + " of " + application));
    }
}
