package io.changeorder.adapter.rest.message;

/**
 * A request that can't be read as what it should be. Thrown from deep inside the reading of parameters and caught at the
 * one place that answers; it never leaves this module, but for the pure functions that a use case calls back, before
 * anything was done.
 */
public final class RejectedRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public RejectedRequest(Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    /** What is answered. */
    public Failure failure() {
        return failure;
    }
}
