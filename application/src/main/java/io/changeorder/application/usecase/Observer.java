package io.changeorder.application.usecase;

import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.plan.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at instances for queries, which are answered as well when the runtime can't be reached. */
@Singleton
public final class Observer {
    private static final Logger LOG = LoggerFactory.getLogger(Observer.class);

    private final ApplicationRuntime runtime;

    @Inject
    public Observer(ApplicationRuntime runtime) {
        this.runtime = runtime;
    }

    /** The instances of an application; empty when they can't be seen now. */
    public Optional<List<Instance>> instances(ApplicationId application) {
        try {
            return Optional.of(runtime.observe(application).instances());
        } catch (RuntimeUnavailableException unavailable) {
            LOG.warn("The instances of {} can't be seen: {}", application, unavailable.getMessage());
            return Optional.empty();
        } catch (RuntimeException broken) {
            LOG.warn("The instances of {} can't be seen: the runtime broke its contract", application, broken);
            return Optional.empty();
        }
    }
}
