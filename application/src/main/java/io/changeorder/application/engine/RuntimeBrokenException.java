package io.changeorder.application.engine;

import java.util.Optional;

/** The runtime did what no runtime may: threw something else than that it is unavailable, or gave no answer. */
final class RuntimeBrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param how what it did, for people */
    RuntimeBrokenException(String how, Optional<Throwable> thrown) {
        super(how, thrown.orElse(null));
    }

    String how() {
        return String.valueOf(getMessage());
    }
}
