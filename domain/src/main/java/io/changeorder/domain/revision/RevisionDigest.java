package io.changeorder.domain.revision;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every field goes in with its length before it, so that no two different contents can read the same. */
final class RevisionDigest {
    private final Hasher hasher = Hashing.sha256().newHasher();

    private RevisionDigest() {}

    static RevisionId of(Revision revision) {
        RevisionDigest digest = new RevisionDigest();
        digest.text(revision.packageType().name());
        digest.artifact(revision.artifact());
        digest.text(revision.versionLabel());
        digest.optional(revision.command());
        digest.list(revision.arguments());
        digest.text(revision.jvmOptions());
        digest.text(revision.jarArguments());
        digest.map(revision.environment());
        digest.probe(revision.probes().liveness());
        digest.probe(revision.probes().readiness());
        digest.probe(revision.probes().startup());
        digest.number(revision.terminationGraceSeconds());
        return new RevisionId(digest.hasher.hash().toString());
    }

    /** Unencoded, since an encoding would make the same of all halves of surrogate pairs. */
    private void text(String text) {
        number(text.length());
        hasher.putUnencodedChars(text);
    }

    private void number(int number) {
        hasher.putInt(number);
    }

    /** A location may look like a digest, and is not one. */
    private void artifact(Optional<Artifact> artifact) {
        number(artifact.map(present -> present.sha256().isPresent() ? 2 : 1).orElse(0));
        artifact.map(Artifact::identity).ifPresent(this::text);
    }

    private void optional(Optional<String> text) {
        number(text.isPresent() ? 1 : 0);
        text.ifPresent(this::text);
    }

    private void list(List<String> texts) {
        number(texts.size());
        texts.forEach(this::text);
    }

    private void map(Map<String, String> map) {
        number(map.size());
        map.forEach((key, value) -> {
            text(key);
            text(value);
        });
    }

    private void probe(Optional<Probe> probe) {
        number(probe.isPresent() ? 1 : 0);
        probe.ifPresent(present -> {
            number(present.initialDelaySeconds());
            number(present.periodSeconds());
            number(present.timeoutSeconds());
            list(present.action()
                    .match(
                            Probe.Exec::command,
                            get -> List.of("httpGet", get.scheme().name(), get.path(), Integer.toString(get.port())),
                            socket -> List.of("tcpSocket", Integer.toString(socket.port()))));
            number(present.action().match(exec -> 1, get -> 2, socket -> 3));
        });
    }
}
