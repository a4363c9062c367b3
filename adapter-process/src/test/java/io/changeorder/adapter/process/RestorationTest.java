package io.changeorder.adapter.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.process.os.ProcFs;
import io.changeorder.application.spi.runtime.ApplicationRuntime.Preparation;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Probe;
import io.changeorder.domain.revision.Probes;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real jars in real JVMs, and everything that may have been changed about them behind the engine's back. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RestorationTest {
    private static final ApplicationId APP = new ApplicationId("018f4c3e-0000-7000-8000-000000000001");
    private static final Fence F1 = new Fence(1);

    @TempDir
    Path folder;

    private ShellFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new ShellFixture(Files.createDirectory(folder.resolve("data")));
    }

    @AfterEach
    void leaveNothingBehind() {
        fixture.close();
    }

    @Test
    void aJarIsProvenByItsProgramCommandLineEnvironmentAndArtifact() throws IOException {
        Revision revision = prepared(jar().withEnvironment(Map.of("APP_VERSION", "1")));
        scale(revision, 2);
        awaitReady(2);
        Proof proof = prove(revision, 2);
        assertThat(proof.differences()).isEmpty();
        assertThat(proof.unchecked()).isEmpty();
        assertThat(proof.evidence())
                .filteredOn(line -> line.startsWith("instance "))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .contains("runs", "-jar", "command line", "environment", "executable", "artifact "));
    }

    @Test
    void theOriginalOfAPinnedArtifactMayChangeOrGo() throws IOException {
        Revision revision = prepared(jar());
        Answering.pack(original(), "other bytes");
        scale(revision, 1);
        awaitReady(1);
        Files.delete(original());
        scale(revision, 2);
        awaitReady(2);
        assertThat(prove(revision, 2).differences()).isEmpty();
    }

    @Test
    void aPinnedArtifactThatWasChangedIsADifferenceOfEachInstanceAndIsPinnedAgainFromTheOriginal() throws IOException {
        Revision revision = prepared(jar());
        scale(revision, 2);
        awaitReady(2);
        append(pinned(revision));
        Proof proof = prove(revision, 2);
        assertThat(kinds(proof)).containsExactly(Difference.Kind.ARTIFACT, Difference.Kind.ARTIFACT);
        assertThat(named(proof)).isEqualTo(Set.copyOf(ids()));
        fixture.runtime().startAfresh(APP, named(proof), F1);
        fixture.await("it was mended", () -> prove(revision, 2).holds());
        assertThat(ids()).doesNotContainAnyElementsOf(named(proof));
    }

    @Test
    void whatIsStartedFromAChangedArtifactRunsTheOriginalBytesAndOnlyWhoHasTheOthersOpenDiffers() throws IOException {
        Revision revision = prepared(jar());
        scale(revision, 1);
        awaitReady(1);
        List<InstanceId> before = ids();
        append(pinned(revision));
        scale(revision, 2);
        awaitReady(2);
        Proof proof = prove(revision, 2);
        assertThat(proof.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo(Difference.Kind.ARTIFACT);
            assertThat(difference.instance()).contains(before.get(0));
            assertThat(difference.found()).contains("other bytes open");
        });
    }

    @Test
    void anArtifactOfWhichNoGoodCopyIsLeftIsNeverRun() throws IOException {
        Revision revision = prepared(jar());
        scale(revision, 1);
        awaitReady(1);
        byte[] good = Files.readAllBytes(original());
        append(pinned(revision));
        Answering.pack(original(), "other bytes");
        fixture.runtime().startAfresh(APP, Set.copyOf(ids()), F1);
        fixture.await(
                "the start is refused",
                () -> instances().stream().anyMatch(instance -> instance.state() == Instance.State.BACKING_OFF));
        assertThat(instances())
                .anySatisfy(instance -> assertThat(instance.detail()).contains("was changed"));
        assertThat(prove(revision, 1).holds()).isFalse();
        Files.write(original(), good);
        fixture.runtime().startAfresh(APP, Set.of(), F1);
        fixture.await("it was mended", () -> prove(revision, 1).holds());
    }

    @Test
    void aPinnedArtifactThatWasReplacedUnderARunningInstanceIsADifference() throws IOException {
        Revision revision = prepared(jar());
        scale(revision, 1);
        awaitReady(1);
        Path other = Answering.pack(folder.resolve("other.jar"), "other bytes");
        Files.move(other, pinned(revision), StandardCopyOption.REPLACE_EXISTING);
        assertThat(kinds(prove(revision, 1))).containsExactly(Difference.Kind.ARTIFACT);
    }

    @Test
    void aCommandThatReplacedItselfIsProvenByWhatItHadBecomeWhenItWasReady() {
        Revision revision = ShellFixture.shell("export MADE_HERE=1; exec sleep 1000");
        scale(revision, 1);
        awaitReady(1);
        fixture.pass(Duration.ofSeconds(2));
        fixture.await("it was taken down", () -> prove(revision, 1).unchecked().isEmpty());
        Proof proof = prove(revision, 1);
        assertThat(proof.differences()).isEmpty();
        assertThat(proof.evidence()).anySatisfy(line -> assertThat(line).contains("had become"));
    }

    @Test
    void aChangedEnvironmentIsToldByNamesWithoutValues() {
        Revision revision = fixture.ready("1").withEnvironment(Map.of("SECRET", "hunter2"));
        scale(revision, 1);
        awaitReady(1);
        fixture.change(APP, ids().get(0));
        Proof proof = prove(revision, 1);
        assertThat(proof.differences())
                .filteredOn(difference -> difference.kind() == Difference.Kind.ENVIRONMENT)
                .singleElement()
                .satisfies(difference -> assertThat(difference.found()).contains("TAMPERED was added"));
        assertThat(proof.toString()).doesNotContain("hunter2");
    }

    @Test
    void aProcessThatLeftItsInstancesSessionIsARogue() {
        Revision revision = ShellFixture.shell("setsid sleep 1000 & while :; do sleep 1000 & wait $!; done");
        scale(revision, 1);
        awaitReady(1);
        fixture.await("it is found", () -> kinds(prove(revision, 1)).equals(List.of(Difference.Kind.ROGUE)));
        Proof proof = prove(revision, 1);
        assertThat(proof.differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.found()).contains("sleep 1000"));
        fixture.runtime().startAfresh(APP, named(proof), F1);
        fixture.await("it is gone", () -> prove(revision, 1).holds());
    }

    @Test
    void anInstanceOfAnotherDataFolderIsNoRogueHere() throws IOException {
        Revision revision = fixture.ready("1");
        ShellFixture other = new ShellFixture(Files.createDirectory(folder.resolve("other")));
        try {
            other.runtime().scale(APP, entry(revision), revision, 1, F1);
            scale(revision, 1);
            awaitReady(1);
            assertThat(prove(revision, 1).differences()).isEmpty();
        } finally {
            other.close();
        }
    }

    @Test
    void whatARevisionSaysCannotBeChangedOnDisk() throws IOException {
        Revision revision = fixture.ready("1").withEnvironment(Map.of("APP_VERSION", "1"));
        scale(revision, 1);
        awaitReady(1);
        Path kept;
        try (var files = Files.walk(folder)) {
            kept = files.filter(file -> file.endsWith(revision.id().value() + ".json"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(kept, Files.readString(kept).replace("\"APP_VERSION\" : \"1\"", "\"APP_VERSION\" : \"2\""));
        fixture.reopen();
        fixture.kill(APP, ids().get(0));
        fixture.await("it can't be started", () -> {
            fixture.pass(Duration.ofSeconds(1));
            return instances().get(0).detail().contains("lost");
        });
        scale(revision, 1);
        fixture.pass(Duration.ofMinutes(1));
        awaitReady(1);
        assertThat(prove(revision, 1).differences()).isEmpty();
    }

    @Test
    void anInstanceWhoseRecordIsSpoiledIsReplaced() throws IOException {
        Revision revision = fixture.ready("1");
        scale(revision, 1);
        awaitReady(1);
        InstanceId before = ids().get(0);
        long pid = fixture.pid(APP, before);
        fixture.runtime().close();
        Files.writeString(fixture.kept(before).resolve("instance.json"), "");
        fixture.reopen();
        fixture.await(
                "another one runs",
                () -> instances().size() == 1
                        && !ids().contains(before)
                        && instances().get(0).readySince().isPresent());
        assertThat(ProcFs.stat(pid).filter(stat -> !stat.ended())).isEmpty();
        assertThat(prove(revision, 1).differences()).isEmpty();
    }

    @Test
    void anInstanceIsReadyWhenItsPortCanBeConnectedTo() throws IOException {
        Revision revision =
                prepared(Revision.fatJar(Artifact.at(original().toUri().toString()))
                        .withTerminationGraceSeconds(2)
                        .withProbes(Probes.readiness(new Probe(new Probe.TcpSocket(0), 0, 1, 1))));
        scale(revision, 1);
        awaitReady(1);
    }

    @Test
    void anInstanceThatAnswersWithAnErrorIsNotReady() throws IOException {
        Revision revision = prepared(jar().withProbes(
                        Probes.readiness(new Probe(new Probe.HttpGet("/missing", 0, Probe.Scheme.HTTP), 0, 1, 1))));
        scale(revision, 1);
        fixture.await("it was asked", () -> instances().get(0).detail().contains("answered 404"));
        assertThat(instances().get(0).readySince()).isEmpty();
    }

    // ---- the words of these tests

    private Path original() throws IOException {
        Path original = folder.resolve("app.jar");
        return Files.exists(original) ? original : Answering.pack(original, "");
    }

    private Revision jar() throws IOException {
        return Revision.fatJar(Artifact.at(original().toUri().toString()))
                .withTerminationGraceSeconds(2)
                .withProbes(Probes.readiness(new Probe(new Probe.HttpGet("/ready", 0, Probe.Scheme.HTTP), 0, 1, 1)));
    }

    private Revision prepared(Revision revision) {
        return fixture.runtime().prepare(revision).match(Preparation.Prepared::revision, unusable -> {
            throw new AssertionError(unusable.why());
        });
    }

    private Path pinned(Revision revision) {
        String sha256 = revision.artifact().orElseThrow().sha256().orElseThrow();
        return folder.resolve("data").resolve("runtime").resolve("artifacts").resolve(sha256);
    }

    private static void append(Path file) throws IOException {
        assertThat(file.toFile().setWritable(true)).isTrue();
        Files.writeString(file, "changed", StandardOpenOption.APPEND);
    }

    private static Entry entry(Revision revision) {
        return new Entry(revision.id(), 0);
    }

    private void scale(Revision revision, int count) {
        fixture.runtime().scale(APP, entry(revision), revision, count, F1);
    }

    private Proof prove(Revision revision, int count) {
        return fixture.runtime().prove(APP, Composition.of(entry(revision), count), e -> revision, Duration.ZERO);
    }

    private List<Instance> instances() {
        return fixture.runtime().observe(APP).instances();
    }

    private List<InstanceId> ids() {
        return instances().stream().map(Instance::id).toList();
    }

    private void awaitReady(int count) {
        fixture.await(count + " are ready", () -> {
            List<Instance> instances = instances();
            return instances.size() == count
                    && instances.stream()
                            .allMatch(instance -> instance.readySince().isPresent());
        });
    }

    private static List<Difference.Kind> kinds(Proof proof) {
        return proof.differences().stream().map(Difference::kind).toList();
    }

    private static Set<InstanceId> named(Proof proof) {
        return proof.differences().stream()
                .flatMap(difference -> difference.instance().stream())
                .collect(Collectors.toSet());
    }
}
