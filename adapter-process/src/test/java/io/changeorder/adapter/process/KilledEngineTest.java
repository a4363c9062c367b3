package io.changeorder.adapter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.changeorder.adapter.process.os.ProcFs;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.Proof;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Engines in JVMs of their own that are killed, frozen or interrupted, and what the next one finds. */
@Tag("kill")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class KilledEngineTest {
    private static final Entry ENTRY = EngineProcess.entry();
    private static final String NOWHERE = "nowhere";

    @TempDir
    Path folder;

    @AfterEach
    void leaveNothingBehind() throws IOException {
        try (ProcessRuntime runtime = open()) {
            assertThat(runtime.endAll(Duration.ofMillis(500))).isTrue();
        }
        assertThat(pidsFromThisFolder()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Steps.Step.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STOP_RECORDED", "ABOUT_TO_SIGNAL"})
    void anEngineKilledAtAnyStepOfAStartNeitherDoublesNorLosesAnInstance(Steps.Step step) throws Exception {
        try (EngineProcess engine = EngineProcess.start(data(), step.name(), 2, thaw())) {
            engine.awaitHold();
        }
        try (ProcessRuntime runtime = open()) {
            // The engine's own order goes on with the next engine, which asks for the same again.
            runtime.scale(EngineProcess.APP, ENTRY, EngineProcess.revision(), 2, EngineProcess.FENCE);
            awaitReady(runtime, 2);
            assertThat(pidsFromThisFolder())
                    .as("every process is on record")
                    .containsExactlyInAnyOrderElementsOf(pidsOnRecord(runtime));
            assertThat(runtime.observe(EngineProcess.APP).instances())
                    .as("an instance that did not come about has not exited")
                    .allSatisfy(instance -> assertThat(instance.exits()).isZero());
            assertThat(prove(runtime, 2).differences()).isEmpty();
        }
    }

    @Test
    void anEngineKilledAtAnyMomentNeitherDoublesNorLosesAnInstance() throws Exception {
        Random random = new Random(1);
        for (int round = 1; round <= 5; round++) {
            int count = round;
            try (EngineProcess engine = EngineProcess.start(data(), NOWHERE, count, thaw())) {
                engine.awaitDone();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(40));
            }
            try (ProcessRuntime runtime = open()) {
                awaitReady(runtime, count);
                assertThat(pidsFromThisFolder()).containsExactlyInAnyOrderElementsOf(pidsOnRecord(runtime));
            }
        }
    }

    @Test
    void instancesOutliveTheEngineAndAreTheSameForTheNextOne() throws Exception {
        List<Long> before;
        try (ProcessRuntime runtime = open()) {
            runtime.scale(EngineProcess.APP, ENTRY, EngineProcess.revision(), 3, EngineProcess.FENCE);
            awaitReady(runtime, 3);
            before = pidsOnRecord(runtime);
        }
        try (EngineProcess engine = EngineProcess.start(data(), NOWHERE, 3, thaw())) {
            engine.awaitDone();
        }
        try (ProcessRuntime runtime = open()) {
            awaitReady(runtime, 3);
            assertThat(pidsOnRecord(runtime)).containsExactlyInAnyOrderElementsOf(before);
        }
    }

    @Test
    void anInterruptOfTheEnginesProcessGroupDoesNotReachItsInstances() throws Exception {
        try (EngineProcess engine = EngineProcess.start(data(), NOWHERE, 2, thaw())) {
            engine.awaitDone();
            await("both run").until(() -> pidsFromThisFolder().size() == 2);
            List<Long> before = pidsFromThisFolder();
            // A shell without job control has what it starts in the background ignore the first of these.
            ShellFixture.run("kill", engine.ignoresInterrupts() ? "-TERM" : "-INT", "--", "-" + engine.pid());
            await("the engine ends").until(() -> !engine.isAlive());
            assertThat(pidsFromThisFolder()).containsExactlyInAnyOrderElementsOf(before);
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path thaw() {
        return folder.resolve("thaw");
    }

    private ProcessRuntime open() throws IOException {
        return ProcessRuntime.in(data()).open();
    }

    private static void awaitReady(ProcessRuntime runtime, int count) {
        await(count + " are ready").atMost(Duration.ofSeconds(30)).until(() -> {
            List<Instance> instances = runtime.observe(EngineProcess.APP).instances();
            return instances.size() == count
                    && instances.stream()
                            .allMatch(instance -> instance.readySince().isPresent());
        });
    }

    private static List<Long> pidsOnRecord(ProcessRuntime runtime) {
        return runtime.observe(EngineProcess.APP).instances().stream()
                .map(instance -> runtime.pid(EngineProcess.APP, instance.id()).orElseThrow())
                .toList();
    }

    private static Proof prove(ProcessRuntime runtime, int count) {
        return runtime.prove(
                EngineProcess.APP, Composition.of(ENTRY, count), entry -> EngineProcess.revision(), Duration.ZERO);
    }

    /** The leaders of all sessions that were begun from this test's data folder. */
    private List<Long> pidsFromThisFolder() {
        return ProcFs.all().stream()
                .filter(stat -> ProcFs.environment(stat.id().pid())
                        .filter(environment -> data().toString().equals(environment.get("CHANGEORDER_DATA")))
                        .isPresent())
                .map(ProcFs.Stat::session)
                .distinct()
                .toList();
    }
}
