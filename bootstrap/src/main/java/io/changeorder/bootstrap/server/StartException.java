package io.changeorder.bootstrap.server;

import org.jspecify.annotations.Nullable;

/** A server can't be started; the message tells people why and what to do. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean usage;

    private StartException(String message, boolean usage, @Nullable Throwable cause) {
        super(message, cause);
        this.usage = usage;
    }

    /** As {@link #usage(String, Throwable)}, and nothing has failed. */
    static StartException usage(String message) {
        return new StartException(message, true, null);
    }

    /** It was asked for something that can't be. */
    static StartException usage(String message, Throwable cause) {
        return new StartException(message, true, cause);
    }

    /** The surroundings don't allow it now. */
    static StartException failed(String message, Throwable cause) {
        return new StartException(message, false, cause);
    }

    /** Whether other arguments are needed, rather than other surroundings. */
    public boolean isUsage() {
        return usage;
    }
}
