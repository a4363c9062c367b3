package io.changeorder.bootstrap.policy;

import com.google.common.base.CaseFormat;
import io.changeorder.application.spi.Access;
import io.changeorder.application.spi.Authorizer;
import io.changeorder.bootstrap.policy.Statement.Effect;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Permits by policies per access key id, those of {@code *} among everybody's. Deny wins. Whoever has statements that
 * allow may do only what they allow; who has none may do everything that is not denied, since this is not yet the
 * system of keys and policies that a server open to others needs.
 */
final class PolicyAuthorizer implements Authorizer {
    private static final String EVERYBODY = "*";

    private final Map<String, List<Statement>> policies;

    PolicyAuthorizer(Map<String, List<Statement>> policies) {
        this.policies = Map.copyOf(policies);
    }

    @Override
    public boolean permits(Access access) {
        List<Statement> statements = Stream.of(access.actor().name(), EVERYBODY)
                .distinct()
                .flatMap(key -> policies.getOrDefault(key, List.of()).stream())
                .toList();
        String action = "sae:"
                + CaseFormat.UPPER_UNDERSCORE.to(
                        CaseFormat.UPPER_CAMEL, access.operation().name());
        return !matches(statements, Effect.DENY, action)
                && (!hasAny(statements, Effect.ALLOW) || matches(statements, Effect.ALLOW, action));
    }

    private static boolean matches(List<Statement> statements, Effect effect, String action) {
        return statements.stream().anyMatch(each -> each.effect() == effect && each.matches(action));
    }

    private static boolean hasAny(List<Statement> statements, Effect effect) {
        return statements.stream().anyMatch(each -> each.effect() == effect);
    }
}
