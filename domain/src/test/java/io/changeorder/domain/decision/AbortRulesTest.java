package io.changeorder.domain.decision;

import static io.changeorder.domain.story.Story.R2;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.decision.Aborting.Case;
import io.changeorder.domain.decision.Refusal.Reason;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.story.Story;
import io.changeorder.domain.story.TinyWorld.Nature;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rule table of the design: the first refusal wins. */
class AbortRulesTest {
    private static final Settings FOUR_IN_TWO = Settings.of(4).withStrategy(UpdateStrategy.manual(2));

    /** An order was aborted and its rollback is live, so that both the fifth and the sixth rule refuse. */
    private final Story story = aRollback();

    private final ChangeOrder rollback = story.last();
    private final ChangeOrder aborted = story.order(rollback.undoes().orElseThrow());
    private final Case both = new Case(true, true, false, Optional.of(aborted), Optional.of(rollback));
    private final Case unknown = new Case(true, true, false, Optional.empty(), Optional.empty());

    static List<RuleBook<Case>> everyVerb() {
        return List.of(Aborting.ABORT_AND_ROLL_BACK, Aborting.ABORT_WITH_ROLLBACK, Aborting.ABORT);
    }

    @ParameterizedTest
    @MethodSource("everyVerb")
    void aMissingIdIsRefusedBeforeAnythingElse(RuleBook<Case> rules) {
        assertFirst(rules, 0, Reason.PARAMETER_MISSING, each -> with(each, false, false, true));
        assertThat(rules.judge(with(unknown, false, false, true)).orElseThrow().subject())
                .isEqualTo("ChangeOrderId");
    }

    @ParameterizedTest
    @MethodSource("everyVerb")
    void whoIsNotPermittedIsRefusedBeforeExistenceIsRevealed(RuleBook<Case> rules) {
        assertFirst(rules, 1, Reason.NOT_PERMITTED, each -> with(each, true, false, true));
    }

    @ParameterizedTest
    @MethodSource("everyVerb")
    void maintenanceRefusesBeforeTheOrderIsLookedAt(RuleBook<Case> rules) {
        assertFirst(rules, 2, Reason.MAINTENANCE, each -> with(each, true, true, true));
    }

    @ParameterizedTest
    @MethodSource("everyVerb")
    void anUnknownOrderIsNotFound(RuleBook<Case> rules) {
        assertThat(rules.judge(unknown).orElseThrow().reason()).isEqualTo(Reason.ORDER_NOT_FOUND);
        assertThat(refusing(rules, unknown, 3, 4)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("everyVerb")
    void anOrderWhoseRollbackIsLiveIsRunningBeforeItIsNotRunning(RuleBook<Case> rules) {
        assertThat(rules.judge(both).orElseThrow().reason()).isEqualTo(Reason.ORDER_IS_RUNNING);
        assertThat(refusing(rules, both, 4, 6)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("everyVerb")
    void aLiveRollbackWithoutAttentionIsRunning(RuleBook<Case> rules) {
        assertThat(rules.judge(story.named(rollback)).orElseThrow().reason()).isEqualTo(Reason.ORDER_IS_RUNNING);
    }

    @ParameterizedTest
    @MethodSource("everyVerb")
    void anOrderThatEndedIsNotRunning(RuleBook<Case> rules) {
        story.run();
        assertThat(rules.judge(story.named(aborted)).orElseThrow().reason()).isEqualTo(Reason.ORDER_IS_NOT_LIVE);
        assertThat(rules.judge(story.named(rollback)).orElseThrow().reason()).isEqualTo(Reason.ORDER_IS_NOT_LIVE);
    }

    @ParameterizedTest
    @MethodSource("everyVerb")
    void anOrderThatLivesIsAllowed(RuleBook<Case> rules) {
        Story live = Story.of(4).deploy(R2, FOUR_IN_TWO);
        assertThat(rules.judge(live.named(live.last()))).isEmpty();
        live.run();
        assertThat(rules.judge(live.named(live.last()))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyVerb")
    void everyRuleSaysWhenItRefuses(RuleBook<Case> rules) {
        assertThat(rules.rules())
                .hasSize(6)
                .allSatisfy(rule -> assertThat(rule.name()).isNotBlank());
        assertThat(rules.rules()).extracting(RuleBook.Rule::name).doesNotHaveDuplicates();
    }

    @Test
    void refusalsTellWhoEndedTheOrderAndWhenAndWhichRollbackTakesItBack() {
        for (RuleBook<Case> rules : everyVerb()) {
            Refusal.OrderFacts running =
                    rules.judge(story.named(aborted)).orElseThrow().order().orElseThrow();
            assertThat(running.id()).isEqualTo(aborted.id());
            assertThat(running.status()).isEqualTo(Status.ABORTED);
            assertThat(running.ending().orElseThrow().by()).isEqualTo(Story.ANNE);
            assertThat(running.ending().orElseThrow().at()).isEqualTo(rollback.createdAt());
            assertThat(running.rollback()).contains(rollback.id());
        }
        story.run();
        Refusal.OrderFacts ended =
                story.refuse(story.abortedAndRolledBack(aborted)).order().orElseThrow();
        assertThat(ended.rollback()).contains(rollback.id());
        assertThat(ended.ending().orElseThrow().by()).isEqualTo(Story.ANNE);
    }

    // ---- a rollback that needs a person

    @Test
    void abortAndRollBackOfARollbackWithAttentionIsARetry() {
        Story held = aHeldRollback();
        held.accept(held.abortedAndRolledBack(held.last()));
        assertThat(held.last().attention()).isEmpty();
        assertThat(held.last().progress().freshStart()).isPresent();
        assertThat(held.orders()).filteredOn(ChangeOrder::isRollback).hasSize(1);
    }

    @Test
    void abortAndRollBackOfTheOrderThatItUndoesIsARetryOfTheRollback() {
        Story held = aHeldRollback();
        held.accept(held.abortedAndRolledBack(held.order(held.last().undoes().orElseThrow())));
        assertThat(held.last().attention()).isEmpty();
        assertThat(held.last().progress().freshStart()).isPresent();
    }

    @Test
    void anAbortWithRollbackNeverTouchesARollback() {
        Story held = aHeldRollback();
        assertThat(held.refuse(held.abortedWithRollback(held.last())).reason()).isEqualTo(Reason.ORDER_IS_RUNNING);
        assertThat(held.refuse(held.abortedWithRollback(
                                held.order(held.last().undoes().orElseThrow())))
                        .reason())
                .isEqualTo(Reason.ORDER_IS_RUNNING);
    }

    @Test
    void aPlainAbortGivesUpOnARollbackWithAttentionOnly() {
        assertThat(story.refuse(story.aborted(rollback)).reason()).isEqualTo(Reason.ORDER_IS_RUNNING);
        Story held = aHeldRollback();
        ChangeOrder undone = held.order(held.last().undoes().orElseThrow());
        assertThat(held.refuse(held.aborted(undone)).reason())
                .as("the order that it undoes ended long ago")
                .isEqualTo(Reason.ORDER_IS_NOT_LIVE);
        held.accept(held.aborted(held.last()));
        assertThat(held.last().status()).isEqualTo(Status.ABORTED);
    }

    @Test
    void anAbortWithRollbackOfAForwardOrderTakesItBack() {
        Story live = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
        live.accept(live.abortedWithRollback(live.last())).run();
        assertThat(live.last().isRollback()).isTrue();
        assertThat(live.last().status()).isEqualTo(Status.SUCCEEDED);
    }

    private void assertFirst(RuleBook<Case> rules, int rule, Reason reason, Function<Case, Case> circumstances) {
        for (Case each : List.of(unknown, both)) {
            assertThat(rules.judge(circumstances.apply(each)).orElseThrow().reason())
                    .isEqualTo(reason);
        }
        assertThat(refusing(rules, circumstances.apply(unknown), rule, 4)).isTrue();
        assertThat(refusing(rules, circumstances.apply(both), rule, 3)).isTrue();
        assertThat(refusing(rules, circumstances.apply(both), 4, 6)).isTrue();
    }

    /** Whether each of these rules, asked by itself, refuses. */
    private static boolean refusing(RuleBook<Case> rules, Case named, int from, int to) {
        return rules.rules().subList(from, to).stream()
                .allMatch(rule -> rule.refusal().apply(named).isPresent());
    }

    private static Case with(Case each, boolean named, boolean permitted, boolean maintenance) {
        return new Case(named, permitted, maintenance, each.order(), each.rollback());
    }

    private static Story aRollback() {
        return Story.of(4).deploy(R2, FOUR_IN_TWO).run().abortAndRollBack();
    }

    private static Story aHeldRollback() {
        Story held = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
        held.world.nature(Story.R1, Nature.EXITS_AT_ONCE);
        held.abortAndRollBack().run();
        assertThat(held.last().attention()).isPresent();
        return held;
    }
}
