package io.changeorder.adapter.rest.operation;

import java.util.Optional;

/** Says whether requests can be served now. Safe from any thread; must return soon. */
public interface Readiness {
    /** Always ready. */
    Readiness ALWAYS = Optional::empty;

    /** Why not, for people; empty when ready. */
    Optional<String> whyNotReady();
}
