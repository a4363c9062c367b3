package io.changeorder.application.spi;

/**
 * Says who may do what. Asked before anything is told or done, so that a refusal reveals nothing: what does not exist has
 * no resource, and whoever may touch only some resources can't tell that from what is somebody else's. Safe from any
 * thread.
 */
@FunctionalInterface
public interface Authorizer {
    /** Everybody may do everything. */
    Authorizer ALLOW_ALL = access -> true;

    /** Whether it is allowed. */
    boolean permits(Access access);
}
