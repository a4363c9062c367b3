package io.changeorder.adapter.process.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.PackageType;
import io.changeorder.domain.revision.Probe;
import io.changeorder.domain.revision.Probes;
import io.changeorder.domain.revision.Revision;
import io.changeorder.domain.revision.RevisionId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a released version wrote can be read by every later one: the files of format 1 are never changed. */
class DocumentsTest {
    private static final Entry ENTRY = new Entry(new RevisionId("0123456789abcdef".repeat(4)), 3);

    private static final Revision REVISION = new Revision(
            PackageType.FAT_JAR,
            Optional.of(Artifact.at("file:/srv/app.jar").pinned("fedcba9876543210".repeat(4))),
            "1.2",
            Optional.of("/bin/sh"),
            List.of("-c", "exec sleep 1"),
            "-Xmx64m",
            "--fast",
            Map.of("A", "1", "B", "two\nlines"),
            new Probes(
                    Optional.of(new Probe(new Probe.TcpSocket(0), 1, 2, 3)),
                    Optional.of(new Probe(new Probe.HttpGet("/ready", 8080, Probe.Scheme.HTTPS), 0, 1, 1)),
                    Optional.of(new Probe(new Probe.Exec(List.of("test", "-e", "x")), 10, 30, 5))),
            45);

    private static final StandingWish WISH =
            new StandingWish(new Fence(7), Composition.of(ENTRY, 2).with(new Entry(ENTRY.revision(), 4), 1));

    private static final InstanceRecord INSTANCE = new InstanceRecord(
            new InstanceId("018f4c3e-0000-7000-8000-000000000001"),
            ENTRY,
            Instant.ofEpochMilli(1_700_000_000_000L),
            Optional.of(new InstanceRecord.Run(
                    2,
                    new Fence(7),
                    20_001,
                    Instant.ofEpochMilli(1_700_000_001_000L),
                    "a-boot",
                    "/usr/bin/java",
                    "/usr/bin:/bin",
                    true,
                    Optional.empty(),
                    Optional.of(new InstanceRecord.Identity("/usr/bin/dash", "c", "e")))),
            new InstanceRecord.Exits(
                    1,
                    Duration.ofSeconds(2),
                    Instant.ofEpochMilli(1_700_000_001_000L),
                    Optional.of(Instant.ofEpochMilli(1_700_000_002_000L)),
                    "exited with code 3"),
            Optional.of(Instant.ofEpochMilli(1_700_000_003_000L)));

    @Test
    void aRevisionOfFormatOneIsRead() throws IOException {
        assertThat(RevisionDocument.read(written("revision.json"))).isEqualTo(REVISION);
    }

    @Test
    void aWishOfFormatOneIsRead() throws IOException {
        assertThat(Documents.readWish(written("wish.json"))).isEqualTo(WISH);
    }

    @Test
    void anInstanceOfFormatOneIsRead() throws IOException {
        assertThat(Documents.readInstance(written("instance.json"))).isEqualTo(INSTANCE);
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        assertThat(RevisionDocument.read(RevisionDocument.write(REVISION))).isEqualTo(REVISION);
        Revision small = Revision.command("true");
        assertThat(RevisionDocument.read(RevisionDocument.write(small))).isEqualTo(small);
        assertThat(Documents.readWish(Documents.write(WISH))).isEqualTo(WISH);
        assertThat(Documents.readInstance(Documents.write(INSTANCE))).isEqualTo(INSTANCE);
        InstanceRecord fresh = InstanceRecord.created(INSTANCE.id(), ENTRY, INSTANCE.createdAt());
        assertThat(Documents.readInstance(Documents.write(fresh))).isEqualTo(fresh);
    }

    @Test
    void aLaterFormatIsRefusedByItsNumber() {
        assertThatThrownBy(() -> Documents.readWish("{\"format\": 2}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 2");
    }

    private static byte[] written(String name) throws IOException {
        try (InputStream in = DocumentsTest.class.getResourceAsStream("/format-1/" + name)) {
            return in.readAllBytes();
        }
    }
}
