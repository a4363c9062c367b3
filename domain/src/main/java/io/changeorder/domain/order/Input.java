package io.changeorder.domain.order;

/** What moves a change order from one status to another. */
public enum Input {
    /** Its batches were cut, and the first one starts. */
    PLANNED,
    /** The world is already what the order asks for, or it asks for no instance at all. */
    NOTHING_TO_DO,
    /** A batch is done and a person starts the next. */
    BATCH_DONE_CONFIRM_NEXT,
    /** A batch is done and a timer starts the next. */
    BATCH_DONE_WAIT_NEXT,
    /** The last batch is done. */
    LAST_BATCH_DONE,
    /** A person, or the timer, starts the next batch. */
    NEXT_BATCH,
    /** The batch before the next one does not hold any more and runs again. */
    BATCH_LOST,
    /** An instance failed, and the order with it. */
    FAIL,
    /** A person ends it. */
    ABORT,
    /** It can't go on without a person. */
    HOLD,
    /** What held it has gone. */
    CLEAR,
    /** A person has it try again. */
    RETRY,
    /** It can't be read. */
    UNREADABLE
}
