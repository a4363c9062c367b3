package io.changeorder.adapter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.changeorder.adapter.process.os.ProcFs;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.plan.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A node in a JVM of its own is frozen by SIGSTOP; this one takes its application over, and the other wakes up. Every
 * program says in a journal that it starts, and that it was told to go.
 */
@Tag("kill")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FrozenNodeTest {
    private static final Entry ENTRY = EngineProcess.entry();
    private static final Fence NEWER = new Fence(2);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int WISHED_HERE = 3;
    private static final int ROUNDS = 5;

    @TempDir
    Path folder;

    private Path data;
    private ProcessRuntime here;

    /** All that an effect would change. */
    private record World(List<Instance> instances, List<Long> processes, List<String> journal) {}

    @BeforeEach
    void open() throws IOException {
        open(folder.resolve("first"));
    }

    private void open(Path site) throws IOException {
        // Launchers are known by the real path.
        data = Files.createDirectories(site.resolve("data")).toRealPath();
        here = ProcessRuntime.in(data).open();
    }

    @AfterEach
    void leaveNothingBehind() {
        assertThat(here.endAll(Duration.ofMillis(500))).isTrue();
        here.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Steps.Step.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STOP_RECORDED", "ABOUT_TO_SIGNAL"})
    void aNodeFrozenAtAnyStepOfAScaleUpHoldsUpNoRaiseAndDoesNothingAfterIt(Steps.Step step) throws Exception {
        frozenAt(step, 4);
    }

    @ParameterizedTest
    @EnumSource(
            value = Steps.Step.class,
            names = {"FENCE_CHECKED", "WISH_WRITTEN", "STOP_RECORDED", "ABOUT_TO_SIGNAL"})
    void aNodeFrozenAtAnyStepOfAScaleDownHoldsUpNoRaiseAndDoesNothingAfterIt(Steps.Step step) throws Exception {
        frozenAt(step, 0);
    }

    private void frozenAt(Steps.Step step, int count) throws Exception {
        try (EngineProcess node = EngineProcess.start(data, step.name(), 2, count, thaw())) {
            node.awaitHold();
            assertThat(here.observe(EngineProcess.APP).instances())
                    .as("who does not supervise sees them as well")
                    .hasSizeGreaterThanOrEqualTo(2);
            takenOverFrom(node);
        }
    }

    @Test
    void aNodeFrozenAtAnyMomentHoldsUpNoRaiseAndDoesNothingAfterIt() throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            int lines = 5 * round;
            try (EngineProcess node = EngineProcess.start(data, EngineProcess.RESTLESS, 1, 4, thaw())) {
                await("it is in the middle of something")
                        .atMost(LIMIT)
                        .until(() -> journal().size() >= lines);
                takenOverFrom(node);
            }
            leaveNothingBehind();
            Files.delete(thaw());
            open(folder.resolve("round-" + round));
        }
    }

    private void takenOverFrom(EngineProcess node) throws Exception {
        ShellFixture.run("kill", "-STOP", Long.toString(node.pid()));
        assertThat(here.raise(EngineProcess.APP, NEWER, LIMIT)).isTrue();
        World raised = settled();

        Files.createFile(thaw());
        ShellFixture.run("kill", "-CONT", Long.toString(node.pid()));
        node.awaitOver();
        assertThat(settled()).as("nothing of what it had begun takes effect").isEqualTo(raised);

        here.scale(EngineProcess.APP, ENTRY, EngineProcess.revision(), WISHED_HERE, NEWER);
        await("the new node's wish is fulfilled").atMost(LIMIT).until(() -> provesWish());
    }

    private boolean provesWish() {
        return here.prove(
                        EngineProcess.APP,
                        Composition.of(ENTRY, WISHED_HERE),
                        entry -> EngineProcess.revision(),
                        Duration.ZERO)
                .holds();
    }

    /** The world, once what was told to go before is gone and what was started before has said so. */
    private World settled() throws IOException {
        await("nothing is under way").atMost(LIMIT).until(() -> {
            List<Instance> instances = here.observe(EngineProcess.APP).instances();
            return launchers().isEmpty()
                    && instances.stream().noneMatch(Instance::isStopping)
                    && instances.stream()
                            .allMatch(instance -> instance.readySince().isPresent())
                    && instances.stream().allMatch(this::hasSaidSo);
        });
        List<Instance> instances = here.observe(EngineProcess.APP).instances();
        List<Long> processes = instances.stream()
                .map(instance -> here.pid(EngineProcess.APP, instance.id()).orElseThrow())
                .toList();
        return new World(instances, processes, journal());
    }

    private boolean hasSaidSo(Instance instance) {
        return journal().contains("start " + instance.id());
    }

    /** Launchers from this data folder that have not become a program, nor given up. */
    private List<List<String>> launchers() {
        return ProcFs.all().stream()
                .flatMap(stat -> ProcFs.commandLine(stat.id().pid()).stream())
                .filter(line ->
                        line.stream().anyMatch(word -> word.startsWith(data.toString()) && word.endsWith("start.sh")))
                .toList();
    }

    private List<String> journal() {
        Path journal = data.resolveSibling("journal");
        try {
            return Files.exists(journal) ? Files.readAllLines(journal) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path thaw() {
        return data.resolveSibling("thaw");
    }
}
