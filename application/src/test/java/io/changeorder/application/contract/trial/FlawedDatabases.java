package io.changeorder.application.contract.trial;

import io.changeorder.application.fake.InMemoryDatabase;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.decision.Event;
import java.util.List;
import java.util.Optional;

/** Databases each of which keeps the contract of a store but for one thing. */
final class FlawedDatabases {
    private FlawedDatabases() {}

    static InMemoryDatabase admittingTwoLiveOrders() {
        return accepting(CommitResult.ANOTHER_ORDER_IS_LIVE);
    }

    static InMemoryDatabase ignoringTheExpectedVersion() {
        return accepting(CommitResult.CONFLICT);
    }

    static InMemoryDatabase sharingNames() {
        return accepting(CommitResult.NAME_TAKEN);
    }

    static InMemoryDatabase sharingTokens() {
        return accepting(CommitResult.TOKEN_TAKEN);
    }

    private static InMemoryDatabase accepting(CommitResult refusal) {
        return new InMemoryDatabase() {
            @Override
            protected synchronized CommitResult judge(Commit commit) {
                CommitResult result = super.judge(commit);
                return result == refusal ? CommitResult.COMMITTED : result;
            }
        };
    }

    static InMemoryDatabase losingAnswers() {
        return new InMemoryDatabase() {
            @Override
            protected synchronized void write(Commit commit) {
                super.write(with(commit, commit.events(), Optional.empty(), commit.audit()));
            }
        };
    }

    /** What was asked is on record only where it committed nothing. */
    static InMemoryDatabase losingRecords() {
        return new InMemoryDatabase() {
            @Override
            protected synchronized void write(Commit commit) {
                super.write(with(commit, commit.events(), commit.answer(), Optional.empty()));
            }
        };
    }

    /** The last event of a commit that has several is lost. */
    static InMemoryDatabase losingEvents() {
        return new InMemoryDatabase() {
            @Override
            protected synchronized void write(Commit commit) {
                int events = commit.events().size();
                super.write(with(
                        commit,
                        commit.events().subList(0, events > 1 ? events - 1 : events),
                        commit.answer(),
                        commit.audit()));
            }
        };
    }

    /** A commit is seen while it may still come to nothing. */
    static InMemoryDatabase showingWhatIsNotOver() {
        return new InMemoryDatabase() {
            @Override
            protected synchronized CommitResult judge(Commit commit) {
                CommitResult result = super.judge(commit);
                if (result == CommitResult.COMMITTED) {
                    super.write(commit);
                }
                return result;
            }

            @Override
            protected synchronized void write(Commit commit) {
                // It is there already.
            }
        };
    }

    /** Who dies in the middle of a commit leaves the first half of it. */
    static InMemoryDatabase writingInTwoParts() {
        return new InMemoryDatabase() {
            @Override
            protected synchronized void write(Commit commit) {
                super.write(new Commit(
                        commit.expectedVersion(),
                        commit.application(),
                        List.of(),
                        List.of(),
                        commit.events(),
                        Optional.empty(),
                        commit.by(),
                        Optional.empty()));
                at(Step.WRITTEN);
                super.write(with(commit, List.of(), commit.answer(), commit.audit()));
            }
        };
    }

    /** The orders of a commit that is refused are there all the same. */
    static InMemoryDatabase leavingRefusedCommitsBehind() {
        return new InMemoryDatabase() {
            @Override
            protected synchronized CommitResult judge(Commit commit) {
                CommitResult result = super.judge(commit);
                if (result != CommitResult.COMMITTED) {
                    keep(commit.orders());
                }
                return result;
            }
        };
    }

    static InMemoryDatabase overlookingDamage() {
        return new InMemoryDatabase() {
            @Override
            protected synchronized Optional<String> damage() {
                return Optional.empty();
            }
        };
    }

    /** The same commit, with these in it. */
    private static Commit with(
            Commit commit, List<Event> events, Optional<StoredAnswer> answer, Optional<AuditEntry> audit) {
        return new Commit(
                commit.expectedVersion(),
                commit.application(),
                commit.orders(),
                commit.versions(),
                events,
                answer,
                commit.by(),
                audit);
    }
}
