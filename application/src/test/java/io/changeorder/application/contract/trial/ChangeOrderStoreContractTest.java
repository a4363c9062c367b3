package io.changeorder.application.contract.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.api.Maintenance;
import io.changeorder.application.api.query.Page;
import io.changeorder.application.contract.ChangeOrderStoreContract;
import io.changeorder.application.contract.StoreFixture;
import io.changeorder.application.fake.InMemoryDatabase;
import io.changeorder.application.fake.ParkedCall;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A contract that a store passes by doing nothing would be none, and one that bad stores pass would be a weak one. */
class ChangeOrderStoreContractTest {
    @Test
    void aStoreThatDoesNothingFailsEveryTest() {
        assertThat(Trial.brokenTests(() -> new Contract(DoingNothing::new)))
                .isEqualTo(Trial.testsOf(ChangeOrderStoreContract.class));
    }

    @Test
    void aStoreThatKeepsItBreaksNone() {
        assertThat(brokenBy(InMemoryDatabase::new)).isEmpty();
    }

    @Test
    void aStoreThatAdmitsTwoLiveOrdersIsFoundOut() {
        assertThat(brokenBy(FlawedDatabases::admittingTwoLiveOrders))
                .containsExactly(
                        "aSecondLiveOrderIsRefusedAndLeavesNothingBehind",
                        "ofCommitsThatWaitTogetherOnlyTheCulpritsAreRefused",
                        "whoeverBringsASecondLiveOrderToThatOfAHeldCommitLosesWhenThatIsOver");
    }

    @Test
    void aStoreThatIgnoresTheExpectedVersionIsFoundOut() {
        assertThat(brokenBy(FlawedDatabases::ignoringTheExpectedVersion))
                .containsExactly(
                        "aCommitFromANewerVersionThanThereIsIsAConflict",
                        "aCommitFromAnOlderVersionIsAConflictAndLeavesNothingBehind",
                        "aSecondStoreOverTheSameDataSharesEverythingOrIsRefused",
                        "anApplicationThatDoesNotExistHasNoNextVersion",
                        "anApplicationThatExistsIsNotCreatedAgain",
                        "ofCommitsThatWaitTogetherOnlyTheCulpritsAreRefused",
                        "ofManyCommitsFromOneVersionExactlyOneIsCommitted",
                        "ofTwoCommitsOfOneApplicationThatWaitTogetherTheFirstWins",
                        "theRecordOfACommitIsThereExactlyWhenTheCommitIs",
                        "whoeverComesFromTheVersionOfAHeldCommitLosesWhenThatIsOver");
    }

    @Test
    void aStoreThatLosesAnswersIsFoundOut() {
        assertThat(brokenBy(FlawedDatabases::losingAnswers))
                .containsExactly(
                        "aDeathBetweenAnyTwoStepsOfACommitLeavesAllOfItOrNothing",
                        "aTokenIsTakenForItsLifetimeAndThenReplaced",
                        "anAnswerIsFoundByActorOperationAndToken",
                        "anAnswerThatIsTooOldIsNotFound",
                        "nothingOfACommitIsSeenBeforeItIsOver",
                        "ofCommitsThatWaitTogetherOnlyTheCulpritsAreRefused",
                        "ofManyCallsWithOneTokenExactlyOneIsCommitted",
                        "theLoserOfTwoEqualCallsIsToldOfTheTokenBeforeAnythingElse",
                        "whatWasAnsweredIsThereAfterAReopening",
                        "whileTheDataIsAwayNothingIsAcceptedAndNothingIsLost",
                        "whoeverHasTheTokenOfAHeldCommitLosesWhenThatIsOver");
    }

    @Test
    void aStoreThatLosesRecordsIsFoundOut() {
        assertThat(brokenBy(FlawedDatabases::losingRecords))
                .containsExactly(
                        "aDeathBetweenAnyTwoStepsOfACommitLeavesAllOfItOrNothing",
                        "nothingOfACommitIsSeenBeforeItIsOver",
                        "theRecordOfACommitIsThereExactlyWhenTheCommitIs",
                        "whatWasAnsweredIsThereAfterAReopening",
                        "whileTheDataIsAwayNothingIsAcceptedAndNothingIsLost");
    }

    @Test
    void aStoreThatLosesEventsIsFoundOut() {
        assertThat(brokenBy(FlawedDatabases::losingEvents))
                .containsExactly(
                        "aDeathBetweenAnyTwoStepsOfACommitLeavesAllOfItOrNothing",
                        "aSecondLiveOrderIsRefusedAndLeavesNothingBehind",
                        "nothingOfACommitIsSeenBeforeItIsOver",
                        "ofCommitsThatWaitTogetherOnlyTheCulpritsAreRefused",
                        "ofManyCommitsFromOneVersionExactlyOneIsCommitted",
                        "ordersThatEndedLongAgoArePurgedWithTheirBatchesTheOldestFirst",
                        "theHistoryIsInOrderAndComesInPages",
                        "whatAnotherNodeDidIsToldAndWhatThisOneDidIsNot",
                        "whatWasAnsweredIsThereAfterAReopening",
                        "whileTheDataIsAwayNothingIsAcceptedAndNothingIsLost",
                        "whoeverBringsASecondLiveOrderToThatOfAHeldCommitLosesWhenThatIsOver");
    }

    @Test
    void aStoreWhoseApplicationsShareNamesIsFoundOut() {
        assertThat(brokenBy(FlawedDatabases::sharingNames))
                .containsExactly(
                        "aNameIsTakenInItsNamespaceOnly",
                        "ofCommitsThatWaitTogetherOnlyTheCulpritsAreRefused",
                        "ofManyApplicationsWithOneNameExactlyOneIsCreated",
                        "whoeverWantsTheNameOfAHeldCommitLosesWhenThatIsOver");
    }

    @Test
    void aStoreWhoseCallsShareTokensIsFoundOut() {
        assertThat(brokenBy(FlawedDatabases::sharingTokens))
                .containsExactly(
                        "aTokenIsTakenForItsLifetimeAndThenReplaced",
                        "ofCommitsThatWaitTogetherOnlyTheCulpritsAreRefused",
                        "ofManyCallsWithOneTokenExactlyOneIsCommitted",
                        "theLoserOfTwoEqualCallsIsToldOfTheTokenBeforeAnythingElse",
                        "whatWasAnsweredIsThereAfterAReopening",
                        "whoeverHasTheTokenOfAHeldCommitLosesWhenThatIsOver");
    }

    @Test
    void aStoreThatShowsWhatIsNotOverIsFoundOut() {
        assertThat(brokenBy(FlawedDatabases::showingWhatIsNotOver))
                .containsExactly(
                        "nothingOfACommitIsSeenBeforeItIsOver", "whereThereIsNoRoomNothingIsAcceptedAndNothingIsLost");
    }

    @Test
    void aStoreThatWritesInTwoPartsIsFoundOut() {
        assertThat(brokenBy(FlawedDatabases::writingInTwoParts))
                .containsExactly("aDeathBetweenAnyTwoStepsOfACommitLeavesAllOfItOrNothing");
    }

    @Test
    void aStoreThatLeavesRefusedCommitsBehindIsFoundOut() {
        assertThat(brokenBy(FlawedDatabases::leavingRefusedCommitsBehind))
                .containsExactly(
                        "aCommitFromAnOlderVersionIsAConflictAndLeavesNothingBehind",
                        "aSecondLiveOrderIsRefusedAndLeavesNothingBehind",
                        "ofCommitsThatWaitTogetherOnlyTheCulpritsAreRefused",
                        "ofManyCommitsFromOneVersionExactlyOneIsCommitted",
                        "whoeverBringsASecondLiveOrderToThatOfAHeldCommitLosesWhenThatIsOver");
    }

    @Test
    void aStoreThatOverlooksDamageIsFoundOut() {
        assertThat(brokenBy(FlawedDatabases::overlookingDamage))
                .containsExactly("dataThatIsDamagedIsRefusedWithAWordOnWhatToDo");
    }

    @Test
    void aStoreThatForgetsEverythingAtItsEndIsFoundOut() {
        assertThat(Trial.brokenTests(() -> new Contract(() -> new InMemoryStoreFixture(InMemoryDatabase::new))))
                .containsExactly(
                        "aCommitThatWaitsWhileTheStoreIsClosedIsCommittedOrThrows",
                        "aDeathBetweenAnyTwoStepsOfACommitLeavesAllOfItOrNothing",
                        "aRecordIsFoundByItsTraceItsRequestAndItsApplicationTheNewestFirst",
                        "aSecondStoreOverTheSameDataSharesEverythingOrIsRefused",
                        "dataThatIsDamagedIsRefusedWithAWordOnWhatToDo",
                        "whatWasAnsweredIsThereAfterAReopening",
                        "whileTheDataIsAwayNothingIsAcceptedAndNothingIsLost");
    }

    private static SortedSet<String> brokenBy(Supplier<InMemoryDatabase> made) {
        return Trial.brokenTests(() -> new Contract(() -> InMemoryStoreFixture.over(made.get())));
    }

    /** Private, so that nobody runs it as a test of its own. */
    private static final class Contract extends ChangeOrderStoreContract {
        private final Supplier<StoreFixture> fixtures;

        Contract(Supplier<StoreFixture> fixtures) {
            this.fixtures = fixtures;
        }

        @Override
        protected StoreFixture makeFixture() {
            return fixtures.get();
        }
    }

    private static final class DoingNothing implements StoreFixture {
        private static final Map<Class<?>, Object> NOTHING = Map.of(
                Optional.class,
                Optional.empty(),
                List.class,
                List.of(),
                Page.class,
                new Page<>(List.of(), 0),
                CommitResult.class,
                CommitResult.COMMITTED,
                Maintenance.class,
                Maintenance.OFF);

        @Override
        public ChangeOrderStore store() {
            return (ChangeOrderStore) Proxy.newProxyInstance(
                    ChangeOrderStore.class.getClassLoader(),
                    new Class<?>[] {ChangeOrderStore.class},
                    (proxy, method, arguments) -> NOTHING.get(method.getReturnType()));
        }

        @Override
        public void reopen() {}

        @Override
        public boolean isShared() {
            return false;
        }

        @Override
        public ChangeOrderStore openAnother() {
            return store();
        }

        @Override
        public ParkedCall holdNextCommit() {
            ParkedCall passed = new ParkedCall();
            passed.release();
            passed.pass();
            return passed;
        }

        @Override
        public int waiting() {
            return 0;
        }

        @Override
        public Optional<CommitResult> commitDyingAt(int step, Commit commit) {
            return Optional.of(CommitResult.COMMITTED);
        }

        @Override
        public void fill() {}

        @Override
        public void makeRoom() {}

        @Override
        public void takeAway() {}

        @Override
        public void bringBack() {}

        @Override
        public void damage() {}

        @Override
        public void close() {}
    }
}
