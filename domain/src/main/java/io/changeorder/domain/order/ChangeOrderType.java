package io.changeorder.domain.order;

/** What kind of change an order carries out. */
public enum ChangeOrderType {
    CREATE,
    DEPLOY,
    /** A deployment of an earlier version. */
    DEPLOY_HISTORY,
    RESCALE,
    RESTART,
    START,
    STOP,
    DELETE,
    /** Back to what was settled; it goes on until the world is restored, and is never itself rolled back. */
    ROLLBACK
}
