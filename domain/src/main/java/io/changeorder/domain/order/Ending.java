package io.changeorder.domain.order;

import io.changeorder.domain.id.Actor;
import io.changeorder.domain.plan.InstanceFailure;
import java.time.Instant;
import java.util.Optional;

/**
 * How an order ended.
 *
 * @param by who ended it: the engine, or the one who aborted it
 * @param at when
 * @param failure the instance that failed it, if one did
 */
public record Ending(Actor by, Instant at, Optional<InstanceFailure> failure) {}
