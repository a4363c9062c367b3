package io.changeorder.adapter.process;

/** Where tests hold the runtime, to see what is left when it ends or freezes there. */
@FunctionalInterface
interface Steps {
    Steps UNWATCHED = step -> {};

    /** The steps on the way from a wish to a running instance, in their order; and then those to its end. */
    enum Step {
        /** A scale has found its fence new enough and holds the application's lock. */
        FENCE_CHECKED,
        WISH_WRITTEN,
        INSTANCE_MADE,
        RUN_MADE,
        RUN_RECORDED,
        /** On another thread, without the lock. */
        ABOUT_TO_SPAWN,
        SPAWNED,
        /** The claim of the run was found taken. */
        CONFIRMED,
        /** It is on record that an instance is to go. */
        STOP_RECORDED,
        /** The processes that are to be asked to end are listed. */
        ABOUT_TO_SIGNAL
    }

    void at(Step step);
}
