package io.changeorder.adapter.rest.operation;

/** It could not be found out who sends a request. */
public final class AuthenticationFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AuthenticationFailedException(Throwable cause) {
        super("the authentication threw, or answered nothing", cause);
    }
}
