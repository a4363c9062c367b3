package io.changeorder.adapter.persistence.postgres;

import io.changeorder.adapter.persistence.sql.GroupWriter;
import io.changeorder.adapter.persistence.sql.Statements;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.StoredAnswer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Groups of commits, each one statement that is durable when it is answered. An attempt whose end was never heard of is
 * made again: the commit that was done after all is known by its stamp, and of two attempts only one can win, also if
 * the first is still under way.
 */
final class PostgresGroups implements GroupWriter.Transactions {
    /** Of one that met another transaction, or lost its connection. */
    private static final int MOST_ATTEMPTS = 10;

    private static final int ATTEMPTS_OF_MANY = 3;
    private static final int LONGEST_PAUSE_MILLIS = 20;
    /** Bytes; the database takes 8000. */
    private static final int LONGEST_MESSAGE = 7_000;
    /** One in so many cleans up after all of them; which one is as good as any. */
    private static final int ANSWERS_BETWEEN_CLEANINGS = 256;

    private final PostgresDatabase database;
    private final String self;
    private final List<PostgresCommit> group = new ArrayList<>();

    /** @param self by which this store knows its own messages */
    PostgresGroups(PostgresDatabase database, String self) {
        this.database = database;
        this.self = self;
    }

    void add(PostgresCommit commit) {
        group.add(commit);
    }

    @Override
    public void begin() {
        group.clear();
    }

    @Override
    public void rollback() {
        group.clear();
    }

    @Override
    public void commit() throws SQLException {
        int attempts = group.size() == 1 ? MOST_ATTEMPTS : ATTEMPTS_OF_MANY;
        for (int attempt = 1; !isWritten(attempt == attempts); attempt++) {
            pause(attempt);
        }
    }

    /** @return false when it is worth another attempt */
    private boolean isWritten(boolean last) throws SQLException {
        boolean sent = false;
        try (PostgresDatabase.Session session = database.connectAlive()) {
            sent = true;
            write(session.statements());
            return true;
        } catch (SQLException failed) {
            if (sent && PostgresFailures.isConnectionLost(failed)) {
                group.forEach(PostgresCommit::mayBeDone);
                if (!last) {
                    return false;
                }
            }
            if (!last && PostgresFailures.isWorthRetrying(failed)) {
                return false;
            }
            throw group.stream().anyMatch(PostgresCommit::isPerhapsDone) ? new OutcomeUnknownException(failed) : failed;
        }
    }

    private void write(Statements statements) throws SQLException {
        GroupStatement statement = new GroupStatement(group, message());
        Set<String> won;
        try {
            won = new HashSet<>(statements.list(statement.sql(), row -> row.getString(1), statement.arguments()));
        } catch (SQLException refused) {
            Optional<CommitResult> why = PostgresFailures.answer(refused);
            if (why.isEmpty() || group.size() > 1) {
                throw refused;
            }
            group.get(0).judge(statements, why);
            return;
        }
        if (won.isEmpty()) {
            database.requireNewEnough(statements);
        }
        for (PostgresCommit commit : group) {
            if (won.contains(commit.subject())) {
                commit.won();
            } else {
                commit.judge(statements, Optional.empty());
            }
        }
        cleanUp(statements);
    }

    /** A failure to clean up is none of the commits', which are durable; the next one tries again. */
    private void cleanUp(Statements statements) {
        for (PostgresCommit commit : group) {
            Optional<StoredAnswer> answer = commit.rows().commit().answer();
            if (answer.isPresent() && answer.get().key().token().hashCode() % ANSWERS_BETWEEN_CLEANINGS == 0) {
                database.forgetAnswers(statements, answer.get());
            }
        }
    }

    private String message() {
        StringBuilder message = new StringBuilder();
        for (PostgresCommit commit : group) {
            if (commit.concernsAnotherNode()) {
                message.append(message.isEmpty() ? Message.FIRST : Message.NEXT).append(commit.subject());
            }
        }
        if (message.isEmpty()) {
            return "";
        }
        return message.length() > LONGEST_MESSAGE ? Message.everything(self) : self + message;
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS) * (long) attempt / 2);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** It was sent, and nothing more was heard. */
    static final class OutcomeUnknownException extends SQLException {
        private static final long serialVersionUID = 1L;

        OutcomeUnknownException(SQLException cause) {
            super(cause.getMessage(), cause.getSQLState(), cause);
        }
    }
}
