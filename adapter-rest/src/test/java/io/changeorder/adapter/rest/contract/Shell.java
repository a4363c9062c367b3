package io.changeorder.adapter.rest.contract;

/** A shell that listens. */
public interface Shell extends AutoCloseable {
    /** On a loopback address. */
    int port();

    /** The path below which the API is found; empty, or with a slash in front of it. */
    String mount();

    @Override
    void close();
}
