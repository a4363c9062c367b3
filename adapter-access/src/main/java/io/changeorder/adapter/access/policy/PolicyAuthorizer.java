package io.changeorder.adapter.access.policy;

import com.google.common.base.CharMatcher;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.common.collect.ImmutableMap;
import io.changeorder.adapter.access.policy.condition.Circumstances;
import io.changeorder.application.spi.Access;
import io.changeorder.application.spi.Authorizer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Permits what the policies of whoever asks allow: Deny wins, and nothing that matches is a denial. Whoever has a policy
 * that can't be used may do nothing at all, since it may be the one that denies; that is logged. Safe from any thread.
 */
public final class PolicyAuthorizer implements Authorizer {
    /** The region of a server that was not told another one. */
    public static final String DEFAULT_REGION = "local";

    /** The account of a server that was not told another one. */
    public static final String DEFAULT_ACCOUNT = "changeorder";

    private static final Logger LOG = LoggerFactory.getLogger(PolicyAuthorizer.class);
    private static final int MOST_DOCUMENTS_AT_HAND = 256;
    private static final CharMatcher PLAIN =
            CharMatcher.inRange('a', 'z').or(CharMatcher.inRange('0', '9')).or(CharMatcher.is('-'));

    private final Function<Access, List<String>> policiesOf;
    private final String region;
    private final String account;
    private final LoadingCache<String, Optional<PolicyDocument>> documents = CacheBuilder.newBuilder()
            .maximumSize(MOST_DOCUMENTS_AT_HAND)
            .build(CacheLoader.from(PolicyAuthorizer::read));

    /**
     * Asks for the policies each time, so that what is taken away is gone at once.
     *
     * @param policiesOf what goes for whoever asks: names of bundled policies, or documents; none for somebody who may do
     *     nothing
     * @param region of all resources here; lower-case letters, digits and hyphens
     * @param account of all resources here; of the same shape
     */
    public PolicyAuthorizer(Function<Access, List<String>> policiesOf, String region, String account) {
        this.policiesOf = policiesOf;
        this.region = requirePlain(region, "region");
        this.account = requirePlain(account, "account");
    }

    private static String requirePlain(String text, String what) {
        if (text.isEmpty() || !PLAIN.matchesAllOf(text)) {
            throw new IllegalArgumentException("a " + what + " has lower-case letters, digits and hyphens: " + text);
        }
        return text;
    }

    @Override
    public boolean permits(Access access) {
        ImmutableMap.Builder<String, PolicyDocument> usable = ImmutableMap.builder();
        for (String policy : policiesOf.apply(access)) {
            Optional<PolicyDocument> document = documents.getUnchecked(policy);
            if (document.isEmpty()) {
                return false;
            }
            usable.put(policy, document.get());
        }
        return Explanation.of(usable.buildKeepingLast(), question(access)).outcome() == Explanation.Outcome.ALLOWED;
    }

    private Question question(Access access) {
        return new Question(
                Actions.name(access.operation()),
                access.resource().map(each -> Resources.name(region, account, each.namespace(), each.application())),
                new Circumstances(
                        access.origin().address(), access.at(), access.origin().secure()));
    }

    private static Optional<PolicyDocument> read(String policy) {
        try {
            return Optional.of(Policies.resolve(policy));
        } catch (PolicyException unusable) {
            LOG.error("A policy can't be used, and whoever has it may do nothing: {}", unusable.getMessage());
            return Optional.empty();
        }
    }
}
