package io.changeorder.adapter.process.files;

import java.io.IOException;

/** Another node supervises the application by now: what was to be written has no effect. */
public final class SupersededException extends IOException {
    private static final long serialVersionUID = 1L;

    public SupersededException(String message) {
        super(message);
    }
}
