package io.changeorder.application.spi.runtime;

/** The runtime can't be reached or can't do what it was asked for now; asking again later makes sense. */
public final class RuntimeUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RuntimeUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public RuntimeUnavailableException(String message) {
        super(message);
    }
}
