package io.changeorder.domain.app;

/** Whether the instances of an application may grow. Raising a fence always halts growth. */
public enum Growth {
    /** The runtime keeps the standing wish by itself. */
    FREE,
    /** Halted because an order was ended: it goes on from what exists of what was intended. */
    HALTED_TO_CUT,
    /** Halted because another node took over: it goes on as intended. */
    HALTED_TO_KEEP;

    public boolean isHalted() {
        return this != FREE;
    }
}
