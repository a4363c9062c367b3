package io.changeorder.bootstrap.client;

/** No server answered, or one that could not do what it was asked for now. The message says what to do. */
public final class ServerUnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ServerUnreachableException(String message) {
        super(message);
    }

    ServerUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
