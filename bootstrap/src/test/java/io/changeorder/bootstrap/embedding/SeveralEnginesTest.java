package io.changeorder.bootstrap.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.changeorder.adapter.persistence.DataFolderInUseException;
import io.changeorder.adapter.persistence.SqliteChangeOrderStore;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines side by side, and one after the other, in one JVM. */
class SeveralEnginesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path one;

    @TempDir
    private Path other;

    @AfterEach
    void endAll() throws IOException {
        Host.endAll(one);
        Host.endAll(other);
    }

    @Test
    void twoEnginesInOneJvmHaveNothingInCommon() throws IOException {
        try (Host left = Host.in(one, "left")) {
            ApplicationId ours;
            ChangeOrderId rollout;
            try (Host right = Host.in(other, "right")) {
                ours = left.settle(1001);
                ApplicationId theirs = right.settle(1002);
                rollout = left.deploy(ours, 1003);
                left.await(rollout, Status.AWAITING_CONFIRMATION);
                assertThat(left.heard())
                        .isNotEmpty()
                        .extracting(Event::application)
                        .containsOnly(ours);
                await().untilAsserted(() -> assertThat(right.heard())
                        .extracting(Event::application)
                        .isNotEmpty()
                        .containsOnly(theirs));
                assertThat(right.store().findApplication(ours)).isEmpty();
            }
            assertThat(left.takeBack(rollout).proof())
                    .as("the other's end is nothing to it")
                    .hasValueSatisfying(proof -> assertThat(proof.holds()).isTrue());
        }
    }

    @Test
    void aSecondEngineOnASqliteFileIsRefusedAndToldWhoTheOwnerIs() throws IOException {
        try (Host owner = Host.in(one, "owner")) {
            assertThatThrownBy(() -> SqliteChangeOrderStore.open(one, new NodeId("second")))
                    .isInstanceOf(DataFolderInUseException.class)
                    .hasMessageContaining("owner")
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
            ApplicationId application = owner.settle(1001);
            assertThat(owner.store().findApplication(application)).isPresent();
        }
        Host.in(one, "second").close();
    }

    @Test
    void theNextEngineGoesOnAtOnceWithWhatAClosedOneLeft() throws IOException {
        ApplicationId application;
        ChangeOrderId rollout;
        try (Host first = Host.in(one, "first")) {
            application = first.settle(1001);
            rollout = first.deploy(application, 1002);
        }
        try (Host second = Host.in(one, "second")) {
            second.await(rollout, Status.AWAITING_CONFIRMATION);
            assertThat(second.takeBack(rollout).proof())
                    .hasValueSatisfying(proof -> assertThat(proof.holds()).isTrue());
        }
    }

    @Test
    void noThreadOutlivesTheClose() throws IOException, InterruptedException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (Host host = Host.in(one, "first")) {
            ApplicationId application = host.settle(1001);
            host.await(host.deploy(application, 1002), Status.AWAITING_CONFIRMATION);
            assertThat(since(before)).extracting(Thread::getName).anyMatch(name -> name.startsWith("changeorder-"));
        }
        assertThat(since(before)).extracting(Thread::getName).noneMatch(name -> name.startsWith("changeorder-"));
        // The JDK itself waits for each child that it started; whatever else there is, is about to end.
        for (Thread thread : since(before)) {
            if (!thread.getName().startsWith("process reaper")) {
                thread.join(PATIENCE.toMillis());
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    private static Set<Thread> since(Set<Thread> before) {
        Set<Thread> now = new HashSet<>(Thread.getAllStackTraces().keySet());
        now.removeAll(before);
        return now;
    }
}
