package io.changeorder.adapter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.changeorder.adapter.process.files.ApplicationFolder;
import io.changeorder.adapter.process.files.ArtifactPins;
import io.changeorder.adapter.process.files.ArtifactSources;
import io.changeorder.adapter.process.files.InstanceRecord;
import io.changeorder.adapter.process.launch.Launcher;
import io.changeorder.adapter.process.os.ProcessId;
import io.changeorder.adapter.process.proof.Restoration;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance that was ready a moment ago and has no process now proves nothing. */
class ProofOfTheDeadTest {
    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    private static final Revision REVISION = Revision.command("/bin/sleep", "1000");
    private static final Entry ENTRY = new Entry(REVISION.id(), 0);
    private static final InstanceId ID = new InstanceId("018f4c3e-0000-7000-8000-000000000001");

    @TempDir
    Path folder;

    @Test
    void aReadyInstanceWithoutAProcessIsADifference() throws IOException {
        assertThat(prove(Optional.empty()).differences())
                .extracting(Difference::kind, Difference::instance)
                .containsExactly(tuple(Difference.Kind.READINESS, Optional.of(ID)));
    }

    @Test
    void aProcessThatEndedWhileItWasLookedAtIsADifference() throws IOException {
        Proof proof = prove(Optional.of(new ProcessId(Integer.MAX_VALUE, 1)));
        assertThat(proof.differences()).extracting(Difference::kind).contains(Difference.Kind.READINESS);
    }

    private Proof prove(Optional<ProcessId> process) throws IOException {
        ArtifactPins pins =
                new ArtifactPins(folder.resolve("artifacts"), new ArtifactSources(List.of(), List.of()), 1_000_000);
        Launcher launcher = new Launcher(
                folder.toString(), pins, Path.of("setsid"), Path.of("sh"), Path.of("env"), "java", "/usr/bin:/bin");
        InstanceRecord.Run run = new InstanceRecord.Run(
                1,
                new Fence(1),
                20_000,
                NOW,
                "boot",
                "java",
                "/usr/bin:/bin",
                true,
                Optional.empty(),
                Optional.empty());
        InstanceRecord record =
                new InstanceRecord(ID, ENTRY, NOW, Optional.of(run), InstanceRecord.Exits.none(NOW), Optional.empty());
        ApplicationFolder application =
                ApplicationFolder.of(folder, new ApplicationId("018f4c3e-0000-7000-8000-000000000002"), "node");
        Restoration.Subject subject =
                new Restoration.Subject(application, record, REVISION, process, Optional.of(NOW.minusSeconds(60)));
        return new Restoration(launcher, pins, NOW, Duration.ofSeconds(1))
                .prove(List.of(subject), List.of(), Composition.of(ENTRY, 1), entry -> REVISION);
    }
}
