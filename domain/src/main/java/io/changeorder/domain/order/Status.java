package io.changeorder.domain.order;

/** Where a change order is in its life. */
public enum Status {
    /** Accepted; its batches are not planned yet. */
    PREPARING(true),
    /** A batch is carried out. */
    RUNNING(true),
    /** A batch is done; a person starts the next one. */
    AWAITING_CONFIRMATION(true),
    /** A batch is done; a timer starts the next one. */
    AWAITING_NEXT_BATCH(true),
    AWAITING_APPROVAL(true),
    APPROVED(true),
    SUCCEEDED(false),
    FAILED(false),
    ABORTED(false),
    /** It was stored and can't be read any more. */
    SYSTEM_FAILED(false);

    private final boolean live;

    Status(boolean live) {
        this.live = live;
    }

    /** Not ended: it may still touch instances. */
    public boolean isLive() {
        return live;
    }
}
