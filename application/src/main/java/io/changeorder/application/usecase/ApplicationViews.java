package io.changeorder.application.usecase;

import io.changeorder.application.api.query.Views.ApplicationView;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.plan.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Puts together what is told of an application. */
@Singleton
public final class ApplicationViews {
    private final ChangeOrderStore store;
    private final Applications applications;
    private final Observer observer;

    @Inject
    public ApplicationViews(ChangeOrderStore store, Applications applications, Observer observer) {
        this.store = store;
        this.applications = applications;
        this.observer = observer;
    }

    /** Everything that is told of it. */
    public ApplicationView view(Application application) {
        Optional<List<Instance>> seen = observer.instances(application.id());
        List<Instance> instances = seen.orElse(List.of());
        return new ApplicationView(
                application,
                applications.base(application),
                application.lastOrder().flatMap(store::findOrder),
                instances,
                seen.isPresent(),
                (int) instances.stream()
                        .filter(instance -> instance.readySince().isPresent())
                        .count());
    }
}
