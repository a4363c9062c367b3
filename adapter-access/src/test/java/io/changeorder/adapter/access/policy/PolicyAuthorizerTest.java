package io.changeorder.adapter.access.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Origin;
import io.changeorder.application.spi.Access;
import io.changeorder.domain.id.Actor;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the holders of keys may do. */
class PolicyAuthorizerTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Map<String, List<String>> policies = new HashMap<>();
    private final PolicyAuthorizer authorizer = new PolicyAuthorizer(
            access -> policies.getOrDefault(access.actor().name(), List.of()), "local", "changeorder");

    @Test
    void whoHasNoPolicyMayDoNothing() {
        assertThat(Operation.values()).noneMatch(operation -> permits("nobody", operation, Optional.empty()));
    }

    @Test
    void whoeverReadsConfirmsNoBatch() {
        policies.put("reader", List.of("ReadOnly"));

        assertThat(permits("reader", Operation.DESCRIBE_CHANGE_ORDER, of("prod", "1")))
                .isTrue();
        assertThat(permits("reader", Operation.CONFIRM_PIPELINE_BATCH, of("prod", "1")))
                .isFalse();
    }

    @Test
    void aPolicyForOneApplicationIsForNoOther() {
        policies.put("team", List.of(allow("acs:sae:local:changeorder:application/prod/1")));

        assertThat(permits("team", Operation.DEPLOY_APPLICATION, of("prod", "1")))
                .isTrue();
        assertThat(permits("team", Operation.DEPLOY_APPLICATION, of("prod", "2")))
                .isFalse();
        assertThat(permits("team", Operation.DEPLOY_APPLICATION, of("dev", "1")))
                .isFalse();
        assertThat(permits("team", Operation.DEPLOY_APPLICATION, of("prod", "*")))
                .isFalse();
        assertThat(permits("team", Operation.DEPLOY_APPLICATION, Optional.empty()))
                .isFalse();
    }

    @Test
    void aPolicyForANamespaceIsForCreatingInItToo() {
        policies.put("team", List.of(allow("acs:sae:*:*:application/prod/*")));

        assertThat(permits("team", Operation.CREATE_APPLICATION, of("prod", "*")))
                .isTrue();
        assertThat(permits("team", Operation.CREATE_APPLICATION, of("production", "*")))
                .isFalse();
        assertThat(permits("team", Operation.LIST_APPLICATIONS, Optional.empty()))
                .isFalse();
    }

    @Test
    void theNamespaceOfNoNameIsNamedByNothing() {
        policies.put("team", List.of(allow("acs:sae:*:*:application//*")));

        assertThat(permits("team", Operation.DEPLOY_APPLICATION, of("", "1"))).isTrue();
        assertThat(permits("team", Operation.DEPLOY_APPLICATION, of("prod", "1")))
                .isFalse();
    }

    @Test
    void aNamespaceCannotStandForAnotherOne() {
        policies.put("team", List.of(allow("acs:sae:*:*:application/a/b/1"), allow("acs:sae:*:*:application/dev/1")));

        assertThat(permits("team", Operation.DEPLOY_APPLICATION, of("a/b", "1")))
                .as("a slash in a namespace parts nothing")
                .isFalse();
        assertThat(permits("team", Operation.DEPLOY_APPLICATION, of("*", "1"))).isFalse();
        assertThat(permits("team", Operation.DEPLOY_APPLICATION, of("d?v", "1")))
                .isFalse();
    }

    @Test
    void aConditionIsAboutWhereTheCallComesFrom() throws Exception {
        policies.put("office", List.of("""
                {"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":
                {"IpAddress":{"acs:SourceIp":"10.0.0.0/8"},"Bool":{"acs:SecureTransport":"true"},
                 "DateLessThan":{"acs:CurrentTime":"2026-11-24T12:00:01Z"}}}]}"""));

        assertThat(permits("office", "10.1.1.1", true, NOON)).isTrue();
        assertThat(permits("office", "11.1.1.1", true, NOON)).isFalse();
        assertThat(permits("office", "10.1.1.1", false, NOON)).isFalse();
        assertThat(permits("office", "10.1.1.1", true, NOON.plusSeconds(1))).isFalse();
        assertThat(permits("office", Operation.LIST_APPLICATIONS, Optional.empty()))
                .isFalse();
    }

    @Test
    void whatIsTakenAwayIsGoneAtOnce() {
        policies.put("key", List.of("FullAccess"));
        assertThat(permits("key", Operation.STOP_APPLICATION, of("prod", "1"))).isTrue();

        policies.put("key", List.of("FullAccess", """
                {"Version":"1","Statement":[{"Effect":"Deny","Action":"sae:Stop*","Resource":"*"}]}"""));
        assertThat(permits("key", Operation.STOP_APPLICATION, of("prod", "1"))).isFalse();
        assertThat(permits("key", Operation.START_APPLICATION, of("prod", "1"))).isTrue();
    }

    @Test
    void whoeverHasAPolicyThatCannotBeUsedMayDoNothing() {
        policies.put("key", List.of("FullAccess", "Gone"));

        assertThat(Operation.values()).noneMatch(operation -> permits("key", operation, Optional.empty()));
    }

    @Test
    void regionAndAccountAreNoPatterns() {
        assertThatThrownBy(() -> new PolicyAuthorizer(access -> List.of(), "*", "changeorder"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("region");
        assertThatThrownBy(() -> new PolicyAuthorizer(access -> List.of(), "local", "a:b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("account");
    }

    private boolean permits(String actor, Operation operation, Optional<Access.Resource> resource) {
        return authorizer.permits(
                new Access(new Actor(actor), operation, resource, Origin.NONE, NOON, Optional.empty()));
    }

    private boolean permits(String actor, String from, boolean secure, Instant at) throws Exception {
        Origin origin = new Origin("", "", Optional.of(InetAddress.getByName(from)), secure);
        return authorizer.permits(new Access(
                new Actor(actor), Operation.LIST_APPLICATIONS, Optional.empty(), origin, at, Optional.empty()));
    }

    private static Optional<Access.Resource> of(String namespace, String application) {
        return Optional.of(new Access.Resource(namespace, application));
    }

    private static String allow(String resource) {
        return "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sae:*\",\"Resource\":\"" + resource
                + "\"}]}";
    }
}
