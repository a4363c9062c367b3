package io.changeorder.adapter.access.key;

/** The key file can't be used, or is not the one that a secret was sealed with; the message says what to do. Nothing was changed. */
public final class KeyFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeyFileException(String message) {
        super(message);
    }

    KeyFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
