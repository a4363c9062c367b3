package io.changeorder.adapter.access.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.access.policy.Explanation.Outcome;
import io.changeorder.adapter.access.policy.condition.Circumstances;
import io.changeorder.application.api.Operation;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What policies answer. */
class ExplanationTest {
    private static final String ALLOW_ALL = "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}";
    private static final String APP = "acs:sae:local:changeorder:application/prod/app-1";
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void nothingThatMatchesIsADenial() {
        assertThat(outcome(asked("sae:AbortChangeOrder"), List.of())).isEqualTo(Outcome.NOTHING_ALLOWS);
        assertThat(outcome(
                        asked("sae:AbortChangeOrder"),
                        "{\"Effect\":\"Allow\",\"Action\":\"sae:List*\",\"Resource\":\"*\"}"))
                .isEqualTo(Outcome.NOTHING_ALLOWS);
    }

    @Test
    void denyWinsAlsoOverAnotherPolicy() {
        String deny = document("{\"Effect\":\"Deny\",\"Action\":\"sae:Abort*\",\"Resource\":\"*\"}");

        assertThat(outcome(asked("sae:AbortChangeOrder"), List.of("FullAccess", deny)))
                .isEqualTo(Outcome.DENIED);
        assertThat(outcome(asked("sae:ListChangeOrders"), List.of("FullAccess", deny)))
                .isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void notActionIsAboutEverythingElse() {
        String deny = "{\"Effect\":\"Deny\",\"NotAction\":[\"sae:Describe*\",\"sae:List*\"],\"Resource\":\"*\"}";

        assertThat(outcome(asked("sae:StopApplication"), ALLOW_ALL, deny)).isEqualTo(Outcome.DENIED);
        assertThat(outcome(asked("sae:ListApplications"), ALLOW_ALL, deny)).isEqualTo(Outcome.ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({
        "acs:sae:*:*:application/prod/*,            true",
        "acs:sae:local:changeorder:application/*,   true",
        "acs:sae:*:*:application/*/app-1,           true",
        "acs:sae:*:*:application/prod/app-?,        true",
        "acs:sae:*:*:*,                             true",
        "acs:sae:*:*:application/prod/app-2,        false",
        "acs:sae:*:*:application/PROD/*,            false",
        "acs:sae:*:*:application/pro/*,             false",
        "acs:sae:cn-hangzhou:*:application/prod/*,  false",
    })
    void anApplicationIsNamedByRegionAccountNamespaceAndId(String pattern, boolean matches) {
        String allow = "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"" + pattern + "\"}";

        assertThat(outcome(asked("sae:DeployApplication", Optional.of(APP)), allow))
                .isEqualTo(matches ? Outcome.ALLOWED : Outcome.NOTHING_ALLOWS);
    }

    @Test
    void whatIsAboutNoApplicationNeedsEverything() {
        assertThat(outcome(asked("sae:SetMaintenance"), ALLOW_ALL)).isEqualTo(Outcome.ALLOWED);
        assertThat(outcome(
                        asked("sae:SetMaintenance"),
                        "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"acs:sae:*:*:*\"}"))
                .isEqualTo(Outcome.NOTHING_ALLOWS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "IpAddress":{"acs:SourceIp":"10.0.0.0/8"}                                   | true
            "IpAddress":{"acs:SourceIp":"10.1.2.3"}                                     | true
            "IpAddress":{"acs:SourceIp":"10.1.2.0/23"}                                  | true
            "IpAddress":{"acs:SourceIp":"10.1.4.0/23"}                                  | false
            "IpAddress":{"acs:SourceIp":"0.0.0.0/0"}                                    | true
            "IpAddress":{"acs:SourceIp":"::/0"}                                         | false
            "IpAddress":{"acs:SourceIp":"::ffff:10.0.0.0/104"}                          | true
            "IpAddress":{"acs:SourceIp":"::ffff:11.0.0.0/104"}                          | false
            "IpAddress":{"acs:SourceIp":["192.168.0.0/16","10.1.2.3"]}                  | true
            "NotIpAddress":{"acs:SourceIp":["192.168.0.0/16","10.1.2.3"]}               | false
            "NotIpAddress":{"acs:SourceIp":["192.168.0.0/16","172.16.0.0/12"]}          | true
            "StringEquals":{"acs:SourceIp":"10.1.2.3"}                                  | true
            "StringEquals":{"acs:SourceIp":"::ffff:10.1.2.3"}                           | true
            "StringNotEquals":{"acs:SourceIp":"10.1.2.3"}                               | false
            "StringLike":{"acs:SourceIp":"10.1.*"}                                      | true
            "StringNotLike":{"acs:SourceIp":"10.1.?.3"}                                 | false
            "StringEqualsIgnoreCase":{"acs:SecureTransport":"TRUE"}                     | true
            "StringEquals":{"acs:SecureTransport":"TRUE"}                               | false
            "StringNotEqualsIgnoreCase":{"acs:SecureTransport":"TRUE"}                  | false
            "StringLike":{"acs:CurrentTime":"2026-11-24T12:*"}                          | true
            "Bool":{"acs:SecureTransport":"true"}                                       | true
            "Bool":{"acs:SecureTransport":"false"}                                      | false
            "DateEquals":{"acs:CurrentTime":"2026-11-24T20:00:00+08:00"}                | true
            "DateEquals":{"acs:CurrentTime":"2026-11-24T12:00:01Z"}                     | false
            "DateNotEquals":{"acs:CurrentTime":"2026-11-24T12:00:00Z"}                  | false
            "DateLessThan":{"acs:CurrentTime":"2026-11-24T12:00:00Z"}                   | false
            "DateLessThan":{"acs:CurrentTime":"2026-11-24T12:00:01Z"}                   | true
            "DateLessThanEquals":{"acs:CurrentTime":"2026-11-24T12:00:00Z"}             | true
            "DateLessThanEquals":{"acs:CurrentTime":"2026-11-24T11:59:59Z"}             | false
            "DateGreaterThan":{"acs:CurrentTime":"2026-11-24T12:00:00Z"}                | false
            "DateGreaterThan":{"acs:CurrentTime":"2026-11-24T11:59:59Z"}                | true
            "DateGreaterThanEquals":{"acs:CurrentTime":"2026-11-24T12:00:00Z"}          | true
            "DateGreaterThanEquals":{"acs:CurrentTime":"2026-11-24T12:00:01Z"}          | false
            "Bool":{"acs:SecureTransport":"true"},"IpAddress":{"acs:SourceIp":"10.0.0.0/8"} | true
            "Bool":{"acs:SecureTransport":"true"},"IpAddress":{"acs:SourceIp":"11.0.0.0/8"} | false
            """)
    void aConditionComparesAsRamDoes(String condition, boolean met) {
        Question question = new Question(
                "sae:ListApplications",
                Optional.empty(),
                new Circumstances(Optional.of(address("10.1.2.3")), NOON.plusMillis(700), true));

        assertThat(outcome(question, allowIf(condition))).isEqualTo(met ? Outcome.ALLOWED : Outcome.NOTHING_ALLOWS);
        assertThat(outcome(question, ALLOW_ALL, allowIf(condition).replace("Allow", "Deny")))
                .isEqualTo(met ? Outcome.DENIED : Outcome.ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::/32,    2001:db8::5,        true",
        "2001:db8::/33,    2001:db8:8000::5,   false",
        "2001:db8::/33,    2001:db8:7fff::5,   true",
        "2001:DB8:0::5,    2001:db8::5,        true",
        "::/0,             2001:db8::5,        true",
        "0.0.0.0/0,        2001:db8::5,        false",
        "10.0.0.0/8,       ::ffff:10.9.9.9,    true",
    })
    void addressesOfBothKindsAreCompared(String range, String from, boolean met) {
        Question question = new Question(
                "sae:ListApplications", Optional.empty(), new Circumstances(Optional.of(address(from)), NOON, false));

        assertThat(outcome(question, allowIf("\"IpAddress\":{\"acs:SourceIp\":\"" + range + "\"}")))
                .isEqualTo(met ? Outcome.ALLOWED : Outcome.NOTHING_ALLOWS);
    }

    @ParameterizedTest
    @CsvSource({"IpAddress", "NotIpAddress", "StringEquals", "StringNotLike"})
    void anAddressThatIsNotKnownPermitsNothing(String operator) {
        String condition = "\"" + operator + "\":{\"acs:SourceIp\":\"10.1.2.3\"}";

        assertThat(outcome(asked("sae:ListApplications"), allowIf(condition))).isEqualTo(Outcome.NOTHING_ALLOWS);
        assertThat(outcome(
                        asked("sae:ListApplications"),
                        ALLOW_ALL,
                        allowIf(condition).replace("Allow", "Deny")))
                .isEqualTo(Outcome.DENIED);
    }

    @Test
    void everyStatementTellsWhichOfItsPartsMatch() {
        String scoped = document("""
                {"Effect":"Allow","Action":"sae:List*","Resource":"acs:sae:*:*:application/dev/*",
                 "Condition":{"Bool":{"acs:SecureTransport":"true"},"IpAddress":{"acs:SourceIp":"10.0.0.0/8"}}}""");

        Explanation explanation =
                Policies.explain(List.of("ReadOnly", scoped), asked("sae:ListChangeOrders", Optional.of(APP)));

        assertThat(explanation.outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(explanation.statements())
                .satisfiesExactly(
                        first -> {
                            assertThat(first.policy()).isEqualTo("ReadOnly");
                            assertThat(first.matches()).isTrue();
                        },
                        second -> {
                            assertThat(second.policy()).isEqualTo("document 2");
                            assertThat(second.index()).isZero();
                            assertThat(second.parts())
                                    .containsExactly(
                                            Explanation.Part.of(
                                                    "Action", List.of("sae:List*"), "sae:ListChangeOrders", true),
                                            Explanation.Part.of(
                                                    "Resource", List.of("acs:sae:*:*:application/dev/*"), APP, false),
                                            Explanation.Part.of(
                                                    "Condition.Bool.acs:SecureTransport",
                                                    List.of("true"),
                                                    "false",
                                                    false),
                                            new Explanation.Part(
                                                    "Condition.IpAddress.acs:SourceIp",
                                                    List.of("10.0.0.0/8"),
                                                    Optional.empty(),
                                                    false));
                        });
    }

    @Test
    void readOnlyAllowsWhatChangesNothingAndNothingElse() {
        for (Operation operation : Operation.values()) {
            assertThat(outcome(asked(Actions.name(operation)), List.of("ReadOnly")) == Outcome.ALLOWED)
                    .as("%s", operation)
                    .isEqualTo(!operation.isCommand());
        }
    }

    @Test
    void abortOnlyAllowsToReadAndToAbort() {
        for (Operation operation : Operation.values()) {
            boolean expected = !operation.isCommand()
                    || operation == Operation.ABORT_CHANGE_ORDER
                    || operation == Operation.ABORT_AND_ROLLBACK_CHANGE_ORDER;
            assertThat(outcome(asked(Actions.name(operation)), List.of("AbortOnly")) == Outcome.ALLOWED)
                    .as("%s", operation)
                    .isEqualTo(expected);
        }
    }

    @Test
    void fullAccessAllowsEverything() {
        assertThat(Operation.values())
                .allMatch(
                        operation -> outcome(asked(Actions.name(operation)), List.of("FullAccess")) == Outcome.ALLOWED);
    }

    @Test
    void whatIsBundledIsFreeOfWarnings() {
        assertThat(Policies.bundled())
                .containsExactly("FullAccess", "ReadOnly", "AbortOnly")
                .allMatch(name -> Policies.resolve(name).warnings().isEmpty());
    }

    private static Outcome outcome(Question question, String... statements) {
        return outcome(question, List.of(document(String.join(",", statements))));
    }

    private static Outcome outcome(Question question, List<String> policies) {
        return Policies.explain(policies, question).outcome();
    }

    private static Question asked(String action) {
        return asked(action, Optional.empty());
    }

    private static Question asked(String action, Optional<String> resource) {
        return new Question(action, resource, new Circumstances(Optional.empty(), NOON, false));
    }

    private static String allowIf(String condition) {
        return "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{" + condition + "}}";
    }

    private static String document(String statements) {
        return "{\"Version\":\"1\",\"Statement\":[" + statements + "]}";
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("an address is not looked up", impossible);
        }
    }
}
