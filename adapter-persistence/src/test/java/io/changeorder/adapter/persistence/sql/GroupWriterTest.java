package io.changeorder.adapter.persistence.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.changeorder.application.spi.store.StoreUnavailableException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupWriterTest {
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private boolean commitFails;
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch atGate = new CountDownLatch(1);
    private GroupWriter writer;

    @BeforeEach
    void start() {
        writer = new GroupWriter(
                "test", new Transactions(), failure -> new StoreUnavailableException("no: " + failure.getMessage()));
        writer.start();
    }

    @AfterEach
    void stop() {
        gate.countDown();
        writer.close();
        callers.shutdownNow();
    }

    @Test
    void whatQueuedUpMeanwhileIsOneGroup() throws Exception {
        holdTheWriter();
        List<Future<String>> answers = new ArrayList<>();
        for (String subject : List.of("a", "b", "c")) {
            answers.add(queue(subject, subject));
        }
        gate.countDown();
        for (Future<String> answer : answers) {
            assertThat(answer.get()).startsWith("done");
        }
        assertThat(log).containsExactly("begin", "gate", "commit", "begin", "a", "b", "c", "commit");
    }

    @Test
    void aGroupHasOneWriteOfEachSubjectAndTheNextOneWaits() throws Exception {
        holdTheWriter();
        List<Future<String>> answers = new ArrayList<>();
        answers.add(queue("a", "a1"));
        answers.add(queue("a", "a2"));
        answers.add(queue("b", "b1"));
        answers.add(queue("a", "a3"));
        gate.countDown();
        for (Future<String> answer : answers) {
            answer.get();
        }
        assertThat(log.subList(3, log.size()))
                .containsExactly("begin", "a1", "b1", "commit", "begin", "a2", "commit", "begin", "a3", "commit");
    }

    @Test
    void onlyTheCulpritOfAFailedGroupGetsItsError() throws Exception {
        holdTheWriter();
        Future<String> good = queue("a", "a");
        Future<String> bad = queue("b", "fail");
        Future<String> refused = queue("c", "refuse");
        Future<String> bug = queue("d", "bug");
        Future<String> alsoGood = queue("e", "e");
        gate.countDown();
        assertThat(good.get()).isEqualTo("done a");
        assertThat(alsoGood.get()).isEqualTo("done e");
        assertThat(refused.get()).isEqualTo("refused");
        assertThatThrownBy(bad::get).hasRootCauseMessage("no: fail");
        assertThatThrownBy(bug::get).hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThat(log.subList(3, log.size()))
                .containsExactly(
                        "begin",
                        "a",
                        "rollback",
                        "begin",
                        "a",
                        "commit",
                        "begin",
                        "rollback",
                        "begin",
                        "rollback",
                        "begin",
                        "rollback",
                        "begin",
                        "e",
                        "commit");
    }

    @Test
    void nobodyIsAnsweredBeforeTheGroupIsDurable() throws Exception {
        holdTheWriter();
        Future<String> first = queue("a", "too much");
        Future<String> second = queue("b", "b");
        gate.countDown();
        assertThatThrownBy(first::get).hasRootCauseMessage("no: commit");
        assertThat(second.get()).isEqualTo("done b");
    }

    @Test
    void theEndWaitsForWhatIsQueuedAndRefusesWhatComesLater() throws Exception {
        holdTheWriter();
        Future<String> queued = queue("a", "a");
        Future<?> closing = callers.submit(writer::close);
        await().until(this::refuses);
        assertThat(queued).isNotDone();
        gate.countDown();
        closing.get();
        assertThat(queued.get()).isEqualTo("done a");
        assertThat(log).contains("a");
    }

    @Test
    void aCallerThatIsInterruptedStillGetsTheTruth() throws Exception {
        holdTheWriter();
        CompletableFuture<Thread> caller = new CompletableFuture<>();
        Future<String> answer = callers.submit(() -> {
            caller.complete(Thread.currentThread());
            String given = writer.write(new Noting("a", "a"));
            return given + (Thread.interrupted() ? " interrupted" : "");
        });
        caller.get().interrupt();
        gate.countDown();
        assertThat(answer.get()).isEqualTo("done a interrupted");
    }

    private boolean refuses() throws Exception {
        Future<String> late = callers.submit(() -> writer.write(new Noting("late", "late")));
        try {
            return late.get(1, TimeUnit.MILLISECONDS).isEmpty();
        } catch (TimeoutException stillAccepted) {
            return false;
        } catch (ExecutionException refused) {
            return refused.getCause() instanceof StoreUnavailableException;
        }
    }

    private void holdTheWriter() throws InterruptedException {
        callers.execute(() -> writer.write(new Noting("gate", "gate")));
        atGate.await();
    }

    private Future<String> queue(String subject, String what) {
        int before = writer.queued();
        Future<String> answer = callers.submit(() -> writer.write(new Noting(subject, what)));
        await().until(() -> writer.queued() == before + 1);
        return answer;
    }

    private final class Noting implements GroupWriter.Write<String> {
        private final String subject;
        private final String what;

        private Noting(String subject, String what) {
            this.subject = subject;
            this.what = what;
        }

        @Override
        public String subject() {
            return subject;
        }

        @Override
        public Supplier<String> run() throws SQLException {
            switch (what) {
                case "fail", "refuse" -> throw new SQLException(what);
                case "bug" -> throw new IllegalArgumentException(what);
                case "gate" -> waitAtGate();
                case "too much" -> commitFails = true;
                default -> log.add(what);
            }
            return () -> "done " + what;
        }

        private void waitAtGate() {
            atGate.countDown();
            try {
                gate.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            log.add("gate");
        }

        @Override
        public Optional<String> answerTo(SQLException failure) {
            return what.equals("refuse") ? Optional.of("refused") : Optional.empty();
        }
    }

    private final class Transactions implements GroupWriter.Transactions {
        @Override
        public void begin() {
            commitFails = false;
            log.add("begin");
        }

        @Override
        public void commit() throws SQLException {
            if (commitFails) {
                throw new SQLException("commit");
            }
            log.add("commit");
        }

        @Override
        public void rollback() {
            log.add("rollback");
        }
    }
}
