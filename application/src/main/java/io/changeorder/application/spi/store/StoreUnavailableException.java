package io.changeorder.application.spi.store;

/** The store can't be reached or can't write. What was asked of it was not done, unless the message says otherwise. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreUnavailableException(String message) {
        super(message);
    }
}
