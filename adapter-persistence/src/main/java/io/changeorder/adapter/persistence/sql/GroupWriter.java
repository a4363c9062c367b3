package io.changeorder.adapter.persistence.sql;

import io.changeorder.application.spi.store.StoreUnavailableException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one write at a time, or one group of them: a thread takes what has queued up while the last group was made
 * durable, and makes that durable as the next group, so that many writers share one wait for the disk. Knows no
 * database. Safe from any thread.
 */
public final class GroupWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);
    private static final int LARGEST_GROUP = 256;

    /** Where the writes go. Used by one thread at a time. */
    public interface Transactions {
        void begin() throws SQLException;

        /** Durable when it returns. */
        void commit() throws SQLException;

        /** Undoes what was done since {@link #begin()}, if there is anything to undo. */
        void rollback() throws SQLException;
    }

    /** Something to write. */
    public interface Write<T> {
        /** What it changes; a group has at most one write of each. */
        String subject();

        /** Writes it, and says what it will have come to when the group is durable. */
        Supplier<T> run() throws SQLException;

        /** The answer that this failure means, if it means one. */
        Optional<T> answerTo(SQLException failure);
    }

    private record Queued<T>(Write<T> write, CompletableFuture<T> answer) {
        /** Runs it, and answers nobody before the group is durable. */
        Runnable run() throws SQLException {
            Supplier<T> result = write.run();
            return () -> {
                try {
                    answer.complete(result.get());
                } catch (RuntimeException refused) {
                    answer.completeExceptionally(refused);
                }
            };
        }

        Runnable answerTo(SQLException failure, Function<SQLException, RuntimeException> translation) {
            Optional<T> known = write.answerTo(failure);
            return known.<Runnable>map(result -> () -> answer.complete(result))
                    .orElseGet(() -> () -> answer.completeExceptionally(translation.apply(failure)));
        }
    }

    private final Transactions transactions;
    private final Function<SQLException, RuntimeException> translation;
    private final Deque<Queued<?>> queue = new ArrayDeque<>();
    private final Thread thread;
    private boolean writing;
    private boolean closed;

    /** @param translation what the callers get for a failure that is no answer */
    public GroupWriter(String name, Transactions transactions, Function<SQLException, RuntimeException> translation) {
        this.transactions = transactions;
        this.translation = translation;
        this.thread = new Thread(this::writeUntilClosed, name);
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Returns when it is durable. Whoever finds nobody writing writes alone and at once, which spares two wake-ups. */
    public <T> T write(Write<T> write) {
        Queued<T> queued = new Queued<>(write, new CompletableFuture<>());
        if (isFirst(queued)) {
            List<Runnable> answers;
            try {
                answers = write(List.of(queued));
            } finally {
                finished();
            }
            answers.forEach(Runnable::run);
        }
        try {
            return queued.answer().join();
        } catch (CompletionException failed) {
            throw asThrownHere(failed);
        }
    }

    private boolean isFirst(Queued<?> queued) {
        synchronized (queue) {
            if (closed) {
                throw new StoreUnavailableException("The store is closed; nothing was changed.");
            }
            if (!writing && queue.isEmpty()) {
                writing = true;
                return true;
            }
            queue.add(queued);
            queue.notifyAll();
            return false;
        }
    }

    private void finished() {
        synchronized (queue) {
            writing = false;
            queue.notifyAll();
        }
    }

    /** How many writes wait for the next group. */
    public int queued() {
        synchronized (queue) {
            return queue.size();
        }
    }

    /** What was queued is still written. */
    @Override
    public void close() {
        synchronized (queue) {
            closed = true;
            queue.notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilClosed() {
        for (List<Queued<?>> group = nextGroup(); !group.isEmpty(); group = nextGroup()) {
            List<Runnable> answers = write(group);
            finished();
            answers.forEach(Runnable::run);
        }
    }

    /** At most one write of each subject, in the order in which they came; empty at the end. */
    private List<Queued<?>> nextGroup() {
        synchronized (queue) {
            while (writing || (queue.isEmpty() && !closed)) {
                waitForWork();
            }
            List<Queued<?>> group = new ArrayList<>();
            Set<String> subjects = new HashSet<>();
            for (Iterator<Queued<?>> each = queue.iterator(); each.hasNext() && group.size() < LARGEST_GROUP; ) {
                Queued<?> queued = each.next();
                if (subjects.add(queued.write().subject())) {
                    group.add(queued);
                    each.remove();
                }
            }
            writing = !group.isEmpty();
            return group;
        }
    }

    private List<Runnable> write(List<Queued<?>> group) {
        try {
            return writeTogether(group);
        } catch (SQLException | RuntimeException | Error culprit) {
            return writeOneByOne(group);
        }
    }

    private void waitForWork() {
        try {
            queue.wait();
        } catch (InterruptedException strange) {
            // Only close() ends this thread, and it does so through the queue, which is looked at again anyway.
            LOG.debug("the writing thread was interrupted by somebody", strange);
        }
    }

    private List<Runnable> writeTogether(List<Queued<?>> group) throws SQLException {
        List<Runnable> answers = new ArrayList<>();
        try {
            transactions.begin();
            for (Queued<?> queued : group) {
                answers.add(queued.run());
            }
            transactions.commit();
            return answers;
        } catch (SQLException | RuntimeException | Error failed) {
            rollbackAfter(failed);
            throw failed;
        }
    }

    /** Only the culprit gets the error. */
    private List<Runnable> writeOneByOne(List<Queued<?>> group) {
        List<Runnable> answers = new ArrayList<>();
        for (Queued<?> queued : group) {
            try {
                answers.addAll(writeTogether(List.of(queued)));
            } catch (SQLException failed) {
                answers.add(queued.answerTo(failed, translation));
            } catch (RuntimeException | Error failed) {
                answers.add(() -> queued.answer().completeExceptionally(failed));
            }
        }
        return answers;
    }

    private void rollbackAfter(Throwable failed) {
        try {
            transactions.rollback();
        } catch (SQLException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    /** The same failure with the caller's stack, which is the one that tells something. */
    private static RuntimeException asThrownHere(CompletionException failed) {
        Throwable cause = failed.getCause();
        if (cause instanceof StoreUnavailableException unavailable) {
            return new StoreUnavailableException(
                    String.valueOf(unavailable.getMessage()), unavailable.advice(), unavailable);
        }
        if (cause instanceof IllegalArgumentException) {
            return new IllegalArgumentException(cause.getMessage(), cause);
        }
        return new IllegalStateException("the store failed to write", cause);
    }
}
