package io.changeorder.adapter.rest.deployment;

import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.RejectedRequest;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.PackageType;
import io.changeorder.domain.revision.Probe;
import io.changeorder.domain.revision.Probes;
import io.changeorder.domain.revision.Revision;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A revision while its parameters are laid over it. */
final class RevisionDraft {
    PackageType type;
    Optional<String> packageUrl = Optional.empty();
    Optional<String> imageUrl = Optional.empty();
    String label = "";
    Optional<String> command = Optional.empty();
    List<String> arguments = List.of();
    String jvmOptions = "";
    String jarArguments = "";
    Map<String, String> environment = Map.of();
    Optional<Probe> liveness = Optional.empty();
    Optional<Probe> readiness = Optional.empty();
    Optional<Probe> startup = Optional.empty();
    int graceSeconds = Revision.DEFAULT_TERMINATION_GRACE_SECONDS;

    private final PackageType typeBefore;
    private final Optional<Artifact> artifactBefore;

    private RevisionDraft(PackageType type, Optional<Artifact> artifact) {
        this.type = type;
        this.typeBefore = type;
        this.artifactBefore = artifact;
    }

    static RevisionDraft blank() {
        return new RevisionDraft(PackageType.FAT_JAR, Optional.empty());
    }

    static RevisionDraft of(Revision revision) {
        RevisionDraft draft = new RevisionDraft(revision.packageType(), revision.artifact());
        draft.label = revision.versionLabel();
        draft.command = revision.command();
        draft.arguments = revision.arguments();
        draft.jvmOptions = revision.jvmOptions();
        draft.jarArguments = revision.jarArguments();
        draft.environment = revision.environment();
        draft.liveness = revision.probes().liveness();
        draft.readiness = revision.probes().readiness();
        draft.startup = revision.probes().startup();
        draft.graceSeconds = revision.terminationGraceSeconds();
        return draft;
    }

    Revision build() {
        Optional<Artifact> artifact = artifact();
        if (artifact.isEmpty() && command.isEmpty()) {
            throw new RejectedRequest(Failure.missing(artifactParameter()));
        }
        return new Revision(
                type,
                artifact,
                label,
                command,
                arguments,
                jvmOptions,
                jarArguments,
                environment,
                new Probes(liveness, readiness, startup),
                graceSeconds);
    }

    private Optional<Artifact> artifact() {
        Optional<String> url = type == PackageType.IMAGE ? imageUrl : packageUrl;
        if (url.isEmpty()) {
            // What was a package can't become an image by its type alone.
            return artifactBefore.filter(kept -> (type == PackageType.IMAGE) == (typeBefore == PackageType.IMAGE));
        }
        if (url.get().isEmpty()) {
            return Optional.empty();
        }
        if (url.get().isBlank()) {
            throw new RejectedRequest(Failure.invalid(artifactParameter()));
        }
        return url.map(Artifact::at);
    }

    private String artifactParameter() {
        return type == PackageType.IMAGE ? "ImageUrl" : "PackageUrl";
    }
}
