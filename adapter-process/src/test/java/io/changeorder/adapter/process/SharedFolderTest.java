package io.changeorder.adapter.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.fake.ParkedCall;
import io.changeorder.application.spi.runtime.ApplicationRuntime.ScaleResult;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.revision.Probes;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one data folder, both awake. Every program says in a journal that it starts. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SharedFolderTest {
    private static final ApplicationId APP = new ApplicationId("018f4c3e-0000-7000-8000-0000000000ab");
    private static final Fence F1 = new Fence(1);
    private static final Fence F2 = new Fence(2);
    private static final Fence F3 = new Fence(3);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String JOURNAL = "echo $INSTANCE_ID >> \"$CHANGEORDER_DATA/journal\"; ";

    @TempDir
    Path folder;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final AtomicReference<Steps> steps = new AtomicReference<>(Steps.UNWATCHED);
    private ProcessRuntime one;
    private ProcessRuntime other;

    @BeforeEach
    void open() throws IOException {
        one = open(step -> steps.get().at(step));
        other = open(Steps.UNWATCHED);
    }

    private ProcessRuntime open(Steps watched) throws IOException {
        return ProcessRuntime.in(folder)
                .clock(() -> Instant.now().plus(ahead.get()))
                .steps(watched)
                .open();
    }

    @AfterEach
    void leaveNothingBehind() {
        one.close();
        boolean nothingLeft = other.endAll(Duration.ofMillis(500));
        other.close();
        assertThat(nothingLeft).isTrue();
    }

    @Test
    void aRaiseElsewhereDoesNotWaitForAScaleThatIsHeldAndWhatThatHasBegunIsInVain() {
        scale(one, running(), 1, F1);
        awaitReady(one, 1);
        ParkedCall parked = new ParkedCall();
        steps.set(step -> {
            if (step == Steps.Step.WISH_WRITTEN) {
                parked.pass();
            }
        });
        CompletableFuture<ScaleResult> held = new CompletableFuture<>();
        Thread caller = new Thread(() -> held.complete(scale(one, running(), 3, F1)), "held");
        caller.start();
        parked.awaitArrival();

        assertThat(other.raise(APP, F2, LIMIT)).isTrue();
        assertThat(held).as("it is held all the time").isNotDone();
        List<Instance> raised = instances(other);
        parked.release();

        assertThat(held).succeedsWithin(LIMIT).isEqualTo(ScaleResult.STALE_FENCE);
        assertThat(instances(other)).isEqualTo(raised).hasSize(1);
        assertThat(instances(one))
                .extracting(Instance::id)
                .containsExactly(raised.get(0).id());
        one.close();
        assertStarts(1);
    }

    @Test
    void aStartThatOneNodeWaitsForIsNotMadeAfterARaiseElsewhere() {
        scale(one, exiting(), 1, F1);
        await("it backs off", () -> stateOfOnly(one) == Instance.State.BACKING_OFF);
        assertThat(other.raise(APP, F2, LIMIT)).isTrue();
        assertThat(instances(other)).isEmpty();
        pass(Duration.ofMinutes(2));
        assertThat(instances(one)).isEmpty();
        one.close();
        assertStarts(1);
    }

    @Test
    void whatExitsAfterATakeoverIsReplacedOnce() {
        scale(one, running(), 2, F1);
        awaitReady(one, 2);
        assertThat(other.raise(APP, F2, LIMIT)).isTrue();
        scale(other, running(), 2, F2);
        awaitReady(other, 2);
        InstanceId killed = instances(other).get(0).id();
        kill(other, killed);
        await("the exit is noticed", () -> exitsOf(other, killed) == 1);
        assertThat(exitsOf(one, killed)).as("both see one exit").isEqualTo(1);
        pass(Duration.ofSeconds(1));
        awaitReady(other, 2);
        pass(Duration.ofSeconds(1));
        assertThat(instances(one)).hasSize(2);
        one.close();
        assertStarts(3);
        assertThat(proves(other, 2)).isTrue();
    }

    @Test
    void theNodeThatScalesSupervisesAlsoWithTheSameFence() {
        scale(one, running(), 1, F1);
        awaitReady(one, 1);
        scale(other, running(), 2, F1);
        awaitReady(other, 2);
        scale(one, running(), 0, F1);
        await("none is left", () -> instances(other).isEmpty());
        assertStarts(2);
    }

    @Test
    void aFenceThatIsConfirmedElsewhereLeavesTheApplicationToWhoDrivesIt() {
        scale(one, running(), 1, F2);
        awaitReady(one, 1);
        assertThat(other.raise(APP, F2, LIMIT)).isTrue();
        assertThat(other.raise(APP, F1, LIMIT)).isTrue();
        kill(one, instances(one).get(0).id());
        await("one replaces it", () -> {
            pass(Duration.ofSeconds(1));
            return instances(one).get(0).readySince().isPresent()
                    && instances(one).get(0).exits() == 1;
        });
        other.close();
        assertStarts(2);
        other = reopened();
    }

    @Test
    void supervisionGoesBackAndForthWithTheNewestFence() {
        scale(one, running(), 1, F1);
        awaitReady(one, 1);
        assertThat(other.raise(APP, F2, LIMIT)).isTrue();
        assertThat(scale(one, running(), 2, F1)).isEqualTo(ScaleResult.STALE_FENCE);
        assertThat(scale(one, running(), 2, F3)).isEqualTo(ScaleResult.INITIATED);
        assertThat(scale(other, running(), 0, F2)).isEqualTo(ScaleResult.STALE_FENCE);
        assertThat(other.startAfresh(APP, Set.of(), F2)).isEqualTo(ScaleResult.STALE_FENCE);
        awaitReady(other, 2);
        assertThat(proves(one, 2)).isTrue();
        assertThat(proves(other, 2)).isTrue();
    }

    @Test
    void whoDoesNotSuperviseSeesReadinessAndItsEnd() throws IOException {
        Revision revision = running().withProbes(Probes.readiness(ShellFixture.probe("test", "!", "-e", "unready")));
        scale(one, revision, 1, F1);
        awaitReady(other, 1);
        InstanceId id = instances(other).get(0).id();
        Path work = folder.resolve(Path.of("runtime", "applications", APP.value(), "instances", id.value(), "work"));
        Files.createFile(work.resolve("unready"));
        await("it is not ready", () -> instances(other).get(0).readySince().isEmpty());
        Files.delete(work.resolve("unready"));
        awaitReady(other, 1);
    }

    @Test
    void anApplicationWhoseNodeClosedIsAdoptedByAnother() {
        scale(one, running(), 2, F1);
        awaitReady(one, 2);
        InstanceId killed = instances(one).get(0).id();
        one.close();
        kill(other, killed);
        await("it is replaced", () -> {
            pass(Duration.ofSeconds(1));
            return exitsOf(other, killed) == 1 && proves(other, 2);
        });
    }

    @Test
    void aNodeThatOpensTakesNothingFromALiveOne() throws IOException {
        scale(one, running(), 1, F1);
        awaitReady(one, 1);
        List<Instance> before = instances(one);
        try (ProcessRuntime third = open(Steps.UNWATCHED)) {
            assertThat(instances(third))
                    .extracting(Instance::id)
                    .containsExactly(before.get(0).id());
        }
        assertThat(instances(one)).as("it did not begin anew").isEqualTo(before);
    }

    // ---- the words of these tests

    private static Revision running() {
        return ShellFixture.shell(JOURNAL + "trap 'exit 0' TERM; while :; do sleep 1000 & wait $!; done");
    }

    private static Revision exiting() {
        return ShellFixture.shell(JOURNAL + "exit 3");
    }

    private static ScaleResult scale(ProcessRuntime node, Revision revision, int count, Fence fence) {
        return node.scale(APP, new Entry(revision.id(), 0), revision, count, fence);
    }

    private static boolean proves(ProcessRuntime node, int count) {
        Entry entry = new Entry(running().id(), 0);
        return node.prove(APP, Composition.of(entry, count), each -> running(), Duration.ZERO)
                .holds();
    }

    private static List<Instance> instances(ProcessRuntime node) {
        return node.observe(APP).instances();
    }

    private static Instance.State stateOfOnly(ProcessRuntime node) {
        List<Instance> instances = instances(node);
        assertThat(instances).hasSize(1);
        return instances.get(0).state();
    }

    private static int exitsOf(ProcessRuntime node, InstanceId id) {
        return instances(node).stream()
                .filter(instance -> instance.id().equals(id))
                .mapToInt(Instance::exits)
                .sum();
    }

    private static void kill(ProcessRuntime node, InstanceId id) {
        ProcessHandle process =
                ProcessHandle.of(node.pid(APP, id).orElseThrow()).orElseThrow();
        process.destroyForcibly();
        await(
                "it is dead",
                () -> node.pid(APP, id).filter(pid -> pid == process.pid()).isEmpty());
    }

    private void pass(Duration time) {
        ahead.updateAndGet(before -> before.plus(time));
        one.wake();
        other.wake();
    }

    private ProcessRuntime reopened() {
        try {
            return open(Steps.UNWATCHED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was started says so a moment later. */
    private void assertStarts(int count) {
        await("all have said so", () -> journal().size() >= count);
        assertThat(journal()).hasSize(count);
    }

    private List<String> journal() {
        try {
            return Files.readAllLines(folder.resolve("journal"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitReady(ProcessRuntime node, int count) {
        await(count + " are ready", () -> {
            List<Instance> instances = instances(node);
            return instances.size() == count
                    && instances.stream()
                            .allMatch(instance -> instance.readySince().isPresent());
        });
    }

    private static void await(String condition, Callable<Boolean> holds) {
        Awaitility.await(condition).atMost(LIMIT).until(holds);
    }
}
