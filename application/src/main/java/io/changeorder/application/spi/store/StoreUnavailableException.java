package io.changeorder.application.spi.store;

/** The store can't be reached or can't write. What was asked of it was not done, unless the message says otherwise. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String advice;

    public StoreUnavailableException(String message, Throwable cause) {
        this(message, "", cause);
    }

    /**
     * With what to do about it.
     *
     * @param advice what is wrong and what to do, for callers from elsewhere: without paths, addresses and other
     *     particulars of the machine
     */
    public StoreUnavailableException(String message, String advice, Throwable cause) {
        super(message, cause);
        this.advice = advice;
    }

    public StoreUnavailableException(String message) {
        super(message);
        this.advice = "";
    }

    /** What is wrong and what to do, for callers from elsewhere; empty when there is no more to say than that it is so. */
    public String advice() {
        return advice;
    }
}
