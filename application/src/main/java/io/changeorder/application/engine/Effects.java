package io.changeorder.application.engine;

import io.changeorder.application.spi.EngineOptions;
import io.changeorder.application.spi.Metrics;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.runtime.ApplicationRuntime.ScaleResult;
import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Effect;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.Revision;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the runtime to look, and to do what was decided and committed. Whether a fence is still to be raised is not kept
 * here but said by the application's growth, which is halted in the commit in which the fence grows and free again in one
 * that follows its confirmation. A runtime that breaks its contract is told of in the log once, until it does right
 * again. Safe from any thread.
 */
@Singleton
public final class Effects {
    private static final Logger LOG = LoggerFactory.getLogger(Effects.class);

    private final ChangeOrderStore store;
    private final ApplicationRuntime runtime;
    private final EngineOptions options;
    private final Metrics metrics;
    private final Set<Question> broken = ConcurrentHashMap.newKeySet();

    @Inject
    public Effects(ChangeOrderStore store, ApplicationRuntime runtime, EngineOptions options, Metrics metrics) {
        this.store = store;
        this.runtime = runtime;
        this.options = options;
        this.metrics = metrics;
    }

    /** What a runtime is asked, and about what. */
    private record Question(ApplicationId application, String call) {}

    /** Whether nothing older than this fence of the application can take effect any more; raises it where needed. */
    public boolean confirmFence(Application application) {
        try {
            return raise(application);
        } catch (RuntimeUnavailableException | RuntimeBrokenException notNow) {
            return false;
        }
    }

    /** As {@link #confirmFence}, but throws where the runtime does. */
    boolean raise(Application application) {
        return !application.growth().isHalted()
                || ask(
                        application.id(),
                        "raise",
                        () -> runtime.raise(application.id(), application.fence(), options.raiseLimit()));
    }

    /**
     * The instances, for a command that depends on them.
     *
     * @throws RuntimeUnavailableException when they can't be seen now, also because the runtime broke its contract
     */
    public Observation look(ApplicationId application) {
        return orUnavailable(() -> observe(application));
    }

    /** The proof, for a command that depends on it; throws as {@link #look}. */
    public Proof check(ApplicationId application, Composition expected, Duration readyFor) {
        return orUnavailable(() -> prove(application, expected, readyFor));
    }

    private static <T> T orUnavailable(Supplier<T> asked) {
        try {
            return asked.get();
        } catch (RuntimeBrokenException broken) {
            throw new RuntimeUnavailableException("The runtime broke its contract: " + broken.how(), broken);
        }
    }

    Observation observe(ApplicationId application) {
        return ask(application, "observe", () -> withoutDoubles(runtime.observe(application)));
    }

    Proof prove(ApplicationId application, Composition expected, Duration readyFor) {
        return ask(
                application,
                "prove",
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

    /**
     * Does these effects in order, but raises no fence: that is done at the next look, before anything else.
     *
     * @throws RuntimeBrokenException when it did what no runtime may; what was asked for may come yet
     */
    Performed perform(ApplicationId application, List<Effect> effects) {
        try {
            return effects.stream().allMatch(effect -> isDone(application, effect)) ? Performed.DONE : Performed.STALE;
        } catch (RuntimeUnavailableException unavailable) {
            return Performed.UNCERTAIN;
        }
    }

    private boolean isDone(ApplicationId application, Effect effect) {
        ScaleResult result = effect.match(
                scale -> {
                    Revision revision = revision(application, scale.entry());
                    return ask(
                            application,
                            "scale",
                            () -> runtime.scale(application, scale.entry(), revision, scale.count(), scale.fence()));
                },
                raise -> ScaleResult.INITIATED,
                fresh -> ask(
                        application,
                        "startAfresh",
                        () -> runtime.startAfresh(application, fresh.replaced(), fresh.fence())),
                release -> ask(application, "release", () -> {
                    runtime.release(application, release.fence());
                    return ScaleResult.INITIATED;
                }));
        return result == ScaleResult.INITIATED;
    }

    private Revision revision(ApplicationId application, Entry entry) {
        return store.findVersion(application, entry.revision())
                .map(Version::revision)
                .orElseThrow(() -> new IllegalStateException("no version " + entry + " of " + application));
    }

    private static @Nullable Observation withoutDoubles(@Nullable Observation observed) {
        if (observed != null) {
            Set<InstanceId> seen = new HashSet<>();
            for (Instance instance : observed.instances()) {
                if (!seen.add(instance.id())) {
                    throw new IllegalStateException("instance " + instance.id() + " is there twice");
                }
            }
        }
        return observed;
    }

    private <T> T ask(ApplicationId application, String call, Supplier<? extends @Nullable T> asked) {
        Question question = new Question(application, call);
        try {
            T answer = asked.get();
            if (answer != null) {
                broken.remove(question);
                return answer;
            }
            throw broken(question, call + " gave null", Optional.empty());
        } catch (RuntimeUnavailableException unavailable) {
            LOG.warn("The runtime can't do it now for {}: {}", application, unavailable.getMessage());
            metrics.threw("runtime");
            throw unavailable;
        } catch (StoreUnavailableException | RuntimeBrokenException passedOn) {
            throw passedOn;
        } catch (RuntimeException | LinkageError | AssertionError thrown) {
            throw broken(question, call + " threw " + thrown, Optional.of(thrown));
        }
    }

    private RuntimeBrokenException broken(Question question, String how, Optional<Throwable> thrown) {
        metrics.threw("runtime");
        RuntimeBrokenException breach = new RuntimeBrokenException(how, thrown);
        if (broken.add(question)) {
            LOG.error("The runtime broke its contract for {}; it is asked again", question.application(), breach);
        }
        return breach;
    }
}
