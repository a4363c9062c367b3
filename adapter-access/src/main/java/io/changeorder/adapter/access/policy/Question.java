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
public record Question(String action, Optional<String> resource, Circumstances circumstances) {
    /**
     * A question that a person put.
     *
     * @param action the name of an operation, in letters of any case
     * @param resource a resource; {@code *} for none in particular
     * @throws PolicyException when there is no such operation, or that is no resource
     */
    public static Question of(String action, String resource, Circumstances circumstances) {
        String known = Actions.known().stream()
                .filter(action::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(
                        () -> new PolicyException(action + " is no operation here" + Actions.advice(action) + "."));
        if (!Resources.isPattern(resource)) {
            throw new PolicyException(
                    resource + " must be * or like acs:sae:local:changeorder:application/{namespace}/{id}.");
        }
        return new Question(known, Optional.of(resource).filter(each -> !each.equals("*")), circumstances);
    }
}
