package io.changeorder.adapter.access.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.access.policy.Explanation.Outcome;
import io.changeorder.adapter.access.policy.condition.Circumstances;
import io.changeorder.adapter.access.policy.condition.Condition;
import io.changeorder.adapter.access.policy.condition.ConditionKey;
import io.changeorder.adapter.access.policy.condition.ConditionOperator;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for the statements of any policy and any question. */
class EvaluationPropertiesTest {
    @Property
    void theOrderOfStatementsDoesNotMatter(
            @ForAll("policies") List<Statement> policy, @ForAll("questions") Question question, @ForAll Random random) {
        List<Statement> shuffled = new ArrayList<>(policy);
        Collections.shuffle(shuffled, random);

        assertThat(outcome(shuffled, question)).isEqualTo(outcome(policy, question));
    }

    @Property
    void howStatementsAreSpreadOverPoliciesDoesNotMatter(
            @ForAll("policies") List<Statement> one,
            @ForAll("policies") List<Statement> other,
            @ForAll("questions") Question question) {
        Map<String, PolicyDocument> both = Map.of("one", document(one), "other", document(other));

        assertThat(Explanation.of(both, question).outcome())
                .isEqualTo(outcome(Stream.concat(one.stream(), other.stream()).toList(), question));
    }

    @Property
    void anotherDenialNeverPermits(
            @ForAll("policies") List<Statement> policy,
            @ForAll("statements") Statement more,
            @ForAll("questions") Question question) {
        if (outcome(policy, question) != Outcome.ALLOWED) {
            assertThat(outcome(with(policy, more, Effect.DENY), question)).isNotEqualTo(Outcome.ALLOWED);
        }
    }

    @Property
    void anotherAllowanceNeverDenies(
            @ForAll("policies") List<Statement> policy,
            @ForAll("statements") Statement more,
            @ForAll("questions") Question question) {
        if (outcome(policy, question) == Outcome.ALLOWED) {
            assertThat(outcome(with(policy, more, Effect.ALLOW), question)).isEqualTo(Outcome.ALLOWED);
        }
    }

    @Property
    void onceAStatementIsNarrowedItMatchesNoMore(
            @ForAll("statements") Statement statement,
            @ForAll("conditions") Condition condition,
            @ForAll("questions") Question question) {
        List<Condition> conditions = new ArrayList<>(statement.conditions());
        conditions.add(condition);
        Statement narrowed = new Statement(
                statement.effect(), statement.exceptActions(), statement.actions(), statement.resources(), conditions);

        if (matches(narrowed, question)) {
            assertThat(matches(statement, question)).isTrue();
        }
    }

    private static boolean matches(Statement statement, Question question) {
        return statement.answer(question).stream().allMatch(Explanation.Part::matches);
    }

    private static Outcome outcome(List<Statement> policy, Question question) {
        return Explanation.of(Map.of("policy", document(policy)), question).outcome();
    }

    private static PolicyDocument document(List<Statement> statements) {
        return new PolicyDocument(statements, List.of());
    }

    private static List<Statement> with(List<Statement> policy, Statement more, Effect effect) {
        List<Statement> all = new ArrayList<>(policy);
        all.add(new Statement(effect, more.exceptActions(), more.actions(), more.resources(), more.conditions()));
        return all;
    }

    @Provide
    Arbitrary<List<Statement>> policies() {
        return statements().list().ofMaxSize(5);
    }

    @Provide
    Arbitrary<Statement> statements() {
        return Combinators.combine(
                        Arbitraries.of(Effect.values()),
                        Arbitraries.of(true, false),
                        Arbitraries.of("*", "sae:*", "sae:Abort*", "sae:AbortChangeOrder", "sae:List*")
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(3),
                        Arbitraries.of("*", "acs:sae:*:*:application/prod/*", "acs:sae:*:*:application/*/1")
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(2),
                        conditions().list().ofMaxSize(2))
                .as(Statement::new);
    }

    @Provide
    Arbitrary<Condition> conditions() {
        return Arbitraries.oneOf(
                of(
                        ConditionKey.SOURCE_IP,
                        "10.0.0.0/8",
                        ConditionOperator.IP_ADDRESS,
                        ConditionOperator.NOT_IP_ADDRESS),
                of(ConditionKey.SECURE_TRANSPORT, "true", ConditionOperator.BOOL, ConditionOperator.STRING_NOT_EQUALS),
                of(
                        ConditionKey.CURRENT_TIME,
                        "2026-11-24T12:00:00Z",
                        ConditionOperator.DATE_LESS_THAN,
                        ConditionOperator.DATE_GREATER_THAN_EQUALS));
    }

    private static Arbitrary<Condition> of(ConditionKey key, String value, ConditionOperator... operators) {
        return Arbitraries.of(operators).map(operator -> {
            Condition.Builder condition = Condition.builder(operator, key);
            condition.add(value);
            return condition.build();
        });
    }

    @Provide
    Arbitrary<Question> questions() {
        return Combinators.combine(
                        Arbitraries.of("sae:AbortChangeOrder", "sae:ListApplications", "sae:DeployApplication"),
                        Arbitraries.of(
                                Optional.<String>empty(),
                                Optional.of("acs:sae:local:changeorder:application/prod/1"),
                                Optional.of("acs:sae:local:changeorder:application/dev/1"),
                                Optional.of("acs:sae:local:changeorder:application/dev/2")),
                        Arbitraries.of("", "10.0.0.1", "192.168.0.1", "2001:db8::1"),
                        Arbitraries.of("2026-11-24T11:59:59Z", "2026-11-24T12:00:00Z"),
                        Arbitraries.of(true, false))
                .as((action, resource, from, at, secure) ->
                        new Question(action, resource, new Circumstances(address(from), Instant.parse(at), secure)));
    }

    private static Optional<InetAddress> address(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException impossible) {
            throw new AssertionError("an address is not looked up", impossible);
        }
    }
}
