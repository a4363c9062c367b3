package io.changeorder.adapter.persistence;

/** Where tests hold a connection, to see what is left when the store ends or freezes there. */
@FunctionalInterface
interface Steps {
    Steps UNWATCHED = sql -> {};

    /** Right before a statement is run, on the thread that runs it. */
    void before(String sql);
}
