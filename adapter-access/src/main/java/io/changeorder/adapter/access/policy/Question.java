package io.changeorder.adapter.access.policy;

import io.changeorder.adapter.access.policy.condition.Circumstances;
import java.util.Optional;

/**
 * What is asked of policies, in their words.
 *
 * @param action such as {@code sae:AbortChangeOrder}
 * @param resource such as {@code acs:sae:local:changeorder:application/prod/0198...}; empty when it is about no
 *     application in particular
 */
public record Question(String action, Optional<String> resource, Circumstances circumstances) {}
