package io.changeorder.domain.app;

/** Whether the instances of an application may grow. */
public enum Growth {
    /** The runtime keeps the standing wish by itself. */
    FREE,
    /** Raising the fence has stopped all growth, and the runtime was not told yet how to go on. */
    HALTED;

    public boolean isHalted() {
        return this == HALTED;
    }
}
