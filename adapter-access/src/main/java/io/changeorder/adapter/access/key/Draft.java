package io.changeorder.adapter.access.key;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a key is to be created with.
 *
 * @param policies names of policies that come with the program, or documents; whoever calls has checked them
 * @param description for its operator
 * @param hmacSha1Allowed whether old clients may sign with it in their way
 * @param temporaryFor how long it is good, and then it has a security token; empty for one that is good until it is
 *     disabled or deleted
 */
public record Draft(
        List<String> policies, String description, boolean hmacSha1Allowed, Optional<Duration> temporaryFor) {
    /** @throws IllegalArgumentException when it would be over at once */
    public Draft {
        policies = List.copyOf(policies);
        if (temporaryFor.filter(length -> length.toMillis() <= 0).isPresent()) {
            throw new IllegalArgumentException("a temporary key is good for some time");
        }
    }
}
