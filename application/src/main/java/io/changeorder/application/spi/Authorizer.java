package io.changeorder.application.spi;

import io.changeorder.application.api.Operation;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import java.util.Optional;

/** Says who may do what. Asked before anything is looked up, so that a refusal reveals nothing. Safe from any thread. */
public interface Authorizer {
    /** Everybody may do everything. */
    Authorizer ALLOW_ALL = (actor, operation, application) -> true;

    /**
     * Whether it is allowed.
     *
     * @param application the application it is about, where the caller named one
     */
    boolean permits(Actor actor, Operation operation, Optional<ApplicationId> application);
}
