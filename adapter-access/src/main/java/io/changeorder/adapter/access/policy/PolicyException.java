package io.changeorder.adapter.access.policy;

/** A policy can't be used; the message names the place in it, such as {@code Statement[1].Action[0]}, and what is wrong. */
public final class PolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PolicyException(String message) {
        super(message);
    }

    PolicyException(String message, Throwable cause) {
        super(message, cause);
    }
}
