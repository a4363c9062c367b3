package io.changeorder.adapter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.adapter.process.os.ProcFs;
import io.changeorder.adapter.process.os.ProcessId;
import io.changeorder.adapter.process.proof.Identities;
import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.revision.Probe;
import io.changeorder.domain.revision.Probes;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Instances that misbehave, and a world that does. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class FaultsTest {
    private static final ApplicationId APP = new ApplicationId("018f4c3e-0000-7000-8000-000000000001");
    private static final Fence F1 = new Fence(1);
    private static final String FOR_EVER = "while :; do sleep 1000 & wait $!; done";

    @TempDir
    Path data;

    private ShellFixture fixture;

    @BeforeEach
    void open() {
        fixture = new ShellFixture(data);
    }

    @AfterEach
    void leaveNothingBehind() {
        fixture.close();
        assertThat(ProcFs.all())
                .as("no process of this data folder is left")
                .noneMatch(stat -> ProcFs.environment(stat.id().pid())
                        .filter(environment -> data.toString().equals(environment.get("CHANGEORDER_DATA")))
                        .isPresent());
    }

    @Test
    void anInstanceThatExitsAtOnceIsSaidToHaveAndWithWhichCode() {
        scale(ShellFixture.shell("echo dying; exit 3"), 1);
        fixture.await("it has exited", () -> only().exits() == 1);
        assertThat(only().state()).isEqualTo(Instance.State.BACKING_OFF);
        assertThat(only().detail()).contains("code 3").contains(".log");
        assertThat(logOf(only().id())).contains("dying");
    }

    @Test
    void aProgramThatCannotBeExecutedIsAnExit() throws IOException {
        Path program = Files.writeString(data.resolve("not-a-program"), "#!/nowhere/interpreter\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        scale(Revision.command(program.toString()), 1);
        fixture.await("it has exited", () -> only().exits() == 1);
        assertThat(only().detail()).contains("code 127");
    }

    @Test
    void anExitThatNobodySawIsAnExitWithAnUnknownCode() throws IOException {
        scale(fixture.ready("1"), 1);
        awaitReady(1);
        InstanceId id = only().id();
        long pid = fixture.pid(APP, id);
        fixture.runtime().close();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        fixture.await("it has ended", () -> ProcFs.stat(pid).isEmpty());
        fixture.reopen();
        assertThat(only().exits()).isEqualTo(1);
        assertThat(only().detail()).contains("nobody saw");
        fixture.pass(Duration.ofSeconds(1));
        awaitReady(1);
        assertThat(only().id()).isEqualTo(id);
    }

    @Test
    void whatAnInstanceLeavesBehindIsEndedBeforeItIsStartedAgain() throws IOException {
        scale(ShellFixture.shell("sleep 1000 & echo $! > child; exit 1"), 1);
        fixture.await("it has exited", () -> only().exits() == 1);
        long child = Long.parseLong(
                Files.readString(fixture.folder(only().id()).resolve("work").resolve("child"))
                        .strip());
        fixture.await(
                "its child is gone",
                () -> ProcFs.stat(child).filter(stat -> !stat.ended()).isEmpty());
    }

    @Test
    void stoppingEndsTheWholeSessionAlsoWhatIgnoresTheRequest() throws IOException {
        scale(ShellFixture.shell("sh -c 'trap \"\" TERM; sleep 1000' & echo $! > child; " + FOR_EVER), 1);
        Path kept = fixture.folder(only().id()).resolve("work").resolve("child");
        fixture.await(
                "its child runs",
                () -> Files.exists(kept) && !Files.readString(kept).isBlank());
        long child = Long.parseLong(Files.readString(kept).strip());
        scale(ShellFixture.shell("sh -c 'trap \"\" TERM; sleep 1000' & echo $! > child; " + FOR_EVER), 0);
        fixture.await("it is gone", () -> instances().isEmpty());
        assertThat(ProcFs.stat(child).filter(stat -> !stat.ended())).isEmpty();
    }

    @Test
    void anInstanceThatFlapsIsReadyAndUnreadyByTurns() {
        scale(fixture.ready("1"), 1);
        awaitReady(1);
        for (int turn = 0; turn < 2; turn++) {
            fixture.setUnready(APP, only().id(), true);
            fixture.await("it is unready", () -> only().readySince().isEmpty());
            assertThat(only().countedFrom())
                    .as("patience begins anew")
                    .isAfter(fixture.now().minusSeconds(5));
            fixture.setUnready(APP, only().id(), false);
            awaitReady(1);
        }
        assertThat(only().exits()).isZero();
    }

    @Test
    void anInstanceThatFailsItsLivenessProbeThriceIsStartedAgain() throws IOException {
        Probe alive = ShellFixture.probe("test", "!", "-e", "dead");
        scale(
                ShellFixture.shell("trap '' TERM; rm -f dead; touch up; " + FOR_EVER)
                        .withProbes(new Probes(
                                Optional.of(alive),
                                Optional.of(ShellFixture.probe("test", "-e", "up")),
                                Optional.empty())),
                1);
        awaitReady(1);
        long before = fixture.pid(APP, only().id());
        Files.createFile(fixture.folder(only().id()).resolve("work").resolve("dead"));
        fixture.await("it is taken for dead", () -> only().exits() == 1);
        assertThat(only().detail()).contains("taken for dead");
        fixture.await("it runs anew", () -> {
            fixture.pass(Duration.ofMillis(100));
            return only().readySince().isPresent();
        });
        assertThat(fixture.pid(APP, only().id())).isNotEqualTo(before);
        assertThat(ProcFs.stat(before).filter(stat -> !stat.ended())).isEmpty();
    }

    @Test
    void theStartupProbeHoldsTheOthersBack() throws IOException {
        scale(
                ShellFixture.shell(FOR_EVER)
                        .withProbes(new Probes(
                                Optional.of(ShellFixture.probe("false")),
                                Optional.of(ShellFixture.probe("true")),
                                Optional.of(ShellFixture.probe("test", "-e", "started")))),
                1);
        fixture.await("it was asked", () -> only().detail().contains("not started yet"));
        assertThat(only().readySince()).isEmpty();
        Files.createFile(fixture.folder(only().id()).resolve("work").resolve("started"));
        awaitReady(1);
    }

    @Test
    void aProbeThatHangsFails() {
        scale(
                ShellFixture.shell(FOR_EVER)
                        .withProbes(Probes.readiness(new Probe(new Probe.Exec(List.of("sleep", "1000")), 0, 1, 1))),
                1);
        fixture.await("it was asked", () -> only().detail().contains("longer than 1 s"));
    }

    @Test
    void probesThatWaitForTheirTimeoutDoNotKeepOtherInstancesFromBeingAsked() {
        Probe hanging = new Probe(new Probe.Exec(List.of("sleep", "1000")), 0, 1, 600);
        scale(ShellFixture.shell(FOR_EVER).withProbes(Probes.readiness(hanging)), 20);
        fixture.await(
                "all are started",
                () -> instances().stream().allMatch(one -> one.detail().contains("not ready yet")));
        ApplicationId other = new ApplicationId("018f4c3e-0000-7000-8000-000000000002");
        Revision ready = fixture.ready("1");
        fixture.runtime().scale(other, new Entry(ready.id(), 0), ready, 1, F1);
        fixture.await(
                "the other is ready",
                () -> fixture.runtime().observe(other).instances().stream()
                        .anyMatch(one -> one.readySince().isPresent()));
    }

    @Test
    void aPortThatIsTakenIsNotGivenToAnInstance() throws IOException {
        try (ServerSocket taken = listening()) {
            int port = taken.getLocalPort();
            reopenWithPorts(port - 1, port);
            scale(fixture.ready("1"), 1);
            awaitReady(1);
            assertThat(portOf(only().id())).isEqualTo(port - 1);
        }
    }

    @Test
    void anInstanceWhosePortWasTakenMeanwhileIsStartedAgainOnAnother() throws IOException {
        int port;
        try (ServerSocket found = listening()) {
            port = found.getLocalPort();
        }
        reopenWithPorts(port - 1, port);
        // Whatever port it is given first, somebody else was quicker.
        scale(ShellFixture.shell("echo $PORT >> ports; test $(wc -l < ports) -gt 1 || exit 3; " + FOR_EVER), 1);
        fixture.await("it has exited", () -> only().exits() == 1);
        fixture.pass(Duration.ofSeconds(1));
        awaitReady(1);
        List<String> ports =
                Files.readAllLines(fixture.folder(only().id()).resolve("work").resolve("ports"));
        assertThat(ports).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void withoutAFreePortAnInstanceWaitsForOne() throws IOException {
        try (ServerSocket taken = listening()) {
            reopenWithPorts(taken.getLocalPort(), taken.getLocalPort());
            scale(fixture.ready("1"), 1);
            fixture.await("it waits", () -> only().state() == Instance.State.BACKING_OFF);
            assertThat(only().detail()).contains("no port is free");
            assertThat(only().exits()).isZero();
        }
        fixture.pass(Duration.ofSeconds(1));
        awaitReady(1);
    }

    @Test
    void aDiskThatRefusesAWriteIsSaidAndChangesNothing() throws IOException {
        // Root may write anywhere: a file in the place of the folder refuses everybody.
        Path applications = data.resolve("runtime").resolve("applications");
        Files.createDirectories(applications.getParent());
        Files.writeString(applications, "");
        Revision revision = fixture.ready("1");
        assertThatThrownBy(() -> scale(revision, 1)).isInstanceOf(RuntimeUnavailableException.class);
        assertThatThrownBy(() -> fixture.runtime().raise(APP, F1, Duration.ofSeconds(1)))
                .isInstanceOf(RuntimeUnavailableException.class);
        assertThat(instances()).isEmpty();
        Files.delete(applications);
        scale(revision, 1);
        awaitReady(1);
    }

    @Test
    void aPidThatWasUsedAgainIsNotTakenForTheInstance() throws IOException {
        scale(fixture.ready("1"), 1);
        awaitReady(1);
        InstanceId id = only().id();
        long own = fixture.pid(APP, id);
        Process stranger = new ProcessBuilder("setsid", "sleep", "1000").start();
        try {
            fixture.runtime().close();
            ProcessHandle.of(own).orElseThrow().destroyForcibly();
            long start = ProcFs.identify(stranger.pid()).orElseThrow().startTicks();
            Path claim = fixture.kept(id).resolve("run-1").resolve("claim");
            Files.delete(claim);
            Files.writeString(claim, new ProcessId(stranger.pid(), start - 1).toString());
            fixture.reopen();
            assertThat(only().exits()).as("its own process is gone").isEqualTo(1);
            fixture.pass(Duration.ofSeconds(1));
            awaitReady(1);
            scale(fixture.ready("1"), 0);
            fixture.await("it is gone", () -> instances().isEmpty());
            assertThat(stranger.isAlive()).as("the stranger goes on").isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void anInstanceFindsItsEnvironmentByteForByteAndNothingOfTheEngines() {
        Map<String, String> odd = Map.of(
                "QUOTES", "it's \"quoted\" $HOME `date` \\ ",
                "LINES", "one\ntwo\n",
                "UMLAUT", "Gr\u00fc\u00dfe \u4f60\u597d",
                "spring.profiles.active", "dotted 'name'",
                "IFS", "special to shells",
                "EMPTY", "");
        Revision revision = ShellFixture.shell(FOR_EVER).withEnvironment(odd);
        scale(revision, 1);
        awaitReady(1);
        Map<String, String> found = Identities.ownVariables(
                ProcFs.environment(fixture.pid(APP, only().id())).orElseThrow());
        assertThat(found)
                .containsAllEntriesOf(odd)
                .containsEntry("INSTANCE_ID", only().id().value());
        assertThat(found.keySet())
                .containsOnly(
                        "QUOTES",
                        "LINES",
                        "UMLAUT",
                        "spring.profiles.active",
                        "IFS",
                        "EMPTY",
                        "PATH",
                        "HOME",
                        "LANG",
                        "PORT",
                        "INSTANCE_ID",
                        "REVISION",
                        "GENERATION",
                        "APPLICATION_ID",
                        "CHANGEORDER_DATA");
        fixture.await(
                "the proof holds",
                () -> fixture.runtime()
                        .prove(APP, Composition.of(new Entry(revision.id(), 0), 1), entry -> revision, Duration.ZERO)
                        .holds());
    }

    @Test
    void nothingIsLeftOfAnInstanceThatIsGoneButItsLog() throws IOException {
        Revision revision = ShellFixture.shell("echo hello; " + FOR_EVER);
        scale(revision, 1);
        InstanceId id = only().id();
        fixture.await("it has said something", () -> logOf(id).contains("hello"));
        scale(revision, 0);
        fixture.await("it is gone", () -> instances().isEmpty());
        try (var files = Files.walk(data)) {
            assertThat(files.filter(file -> file.toString().contains(id.value())))
                    .singleElement()
                    .satisfies(file -> assertThat(file.toString()).endsWith(".log"));
        }
    }

    @Test
    void aClosedRuntimeLeavesItsInstancesRunning() {
        scale(fixture.ready("1"), 2);
        awaitReady(2);
        List<Long> before = pids();
        fixture.runtime().close();
        assertThat(before).allMatch(pid -> ProcFs.stat(pid).isPresent());
        fixture.reopen();
        assertThat(pids()).isEqualTo(before);
    }

    // ---- the words of these tests

    private void scale(Revision revision, int count) {
        fixture.runtime().scale(APP, new Entry(revision.id(), 0), revision, count, F1);
    }

    private List<Instance> instances() {
        return fixture.runtime().observe(APP).instances();
    }

    private Instance only() {
        List<Instance> instances = instances();
        assertThat(instances).hasSize(1);
        return instances.get(0);
    }

    private List<Long> pids() {
        return instances().stream()
                .map(instance -> fixture.pid(APP, instance.id()))
                .sorted()
                .toList();
    }

    private void awaitReady(int count) {
        fixture.await(count + " are ready", () -> {
            List<Instance> instances = instances();
            return instances.size() == count
                    && instances.stream()
                            .allMatch(instance -> instance.readySince().isPresent());
        });
    }

    private String logOf(InstanceId id) {
        Path log = data.resolve(Path.of("runtime", "applications", APP.value(), "logs", id.value() + ".log"));
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int portOf(InstanceId id) {
        return Integer.parseInt(
                ProcFs.environment(fixture.pid(APP, id)).orElseThrow().get("PORT"));
    }

    private void reopenWithPorts(int first, int last) {
        fixture.setPorts(first, last);
        fixture.reopen();
    }

    private static ServerSocket listening() throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket;
    }
}
