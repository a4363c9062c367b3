package io.changeorder.application.spi;

import io.changeorder.domain.decision.Event;
import java.util.List;

/** Is told what happened, after it is durable. Called in order per application; what it throws is logged and counted. */
public interface ChangeOrderListener {
    /** Hears nothing. */
    ChangeOrderListener NONE = events -> {};

    /** Happened as one. Must return soon. */
    void happened(List<Event> events);
}
