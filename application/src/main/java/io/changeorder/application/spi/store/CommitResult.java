package io.changeorder.application.spi.store;

/** How a commit went. Only {@link #COMMITTED} has changed anything. */
public enum CommitResult {
    /** Durable. */
    COMMITTED,
    /** The application has another version by now: load again and decide anew. */
    CONFLICT,
    /** The commit would give the application a second live order. */
    ANOTHER_ORDER_IS_LIVE,
    /** Another application of the namespace has the name. */
    NAME_TAKEN,
    /** Somebody with the same client token was faster: give its answer. */
    TOKEN_TAKEN
}
