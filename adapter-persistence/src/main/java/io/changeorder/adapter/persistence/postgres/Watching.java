package io.changeorder.adapter.persistence.postgres;

/** Tells a watcher what other nodes did, until it is closed. */
sealed interface Watching extends AutoCloseable permits Listening, Looking {
    @Override
    void close();
}
