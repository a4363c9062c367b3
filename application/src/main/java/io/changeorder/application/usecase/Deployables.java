package io.changeorder.application.usecase;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.decision.Refusal.Reason;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Revision;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** Turns what is to be deployed into a version whose artifact is pinned. Safe from any thread. */
@Singleton
public final class Deployables {
    private static final int MAX_LABEL_LENGTH = 64;

    private final ChangeOrderStore store;
    private final ApplicationRuntime runtime;

    @Inject
    public Deployables(ChangeOrderStore store, ApplicationRuntime runtime) {
        this.store = store;
        this.runtime = runtime;
    }

    /** The version as it is known already, or a new one; or why it can't be deployed. */
    public Outcome<Version> resolve(ApplicationId application, Revision revision, Settings settings, Instant at) {
        if (revision.versionLabel().length() > MAX_LABEL_LENGTH) {
            return Outcome.refused(Refusal.about(Reason.VERSION_LABEL_TOO_LONG, "PackageVersion"));
        }
        return runtime.prepare(revision)
                .match(
                        prepared -> known(application, prepared.revision(), settings, at),
                        unusable -> Outcome.refused(
                                Refusal.about(Reason.PARAMETER_UNUSABLE, unusable.parameter(), unusable.why())));
    }

    private Outcome<Version> known(ApplicationId application, Revision revision, Settings settings, Instant at) {
        boolean taken = !revision.versionLabel().isEmpty()
                && store.listVersions(application).stream()
                        .map(Version::revision)
                        .filter(other -> other.versionLabel().equals(revision.versionLabel()))
                        .anyMatch(other -> !identity(other).equals(identity(revision)));
        if (taken) {
            return Outcome.refused(Refusal.about(Reason.VERSION_LABEL_TAKEN, "PackageVersion"));
        }
        Version fresh = Version.of(application, revision, settings, at);
        return Outcome.accepted(store.findVersion(application, fresh.id()).orElse(fresh));
    }

    private static Optional<String> identity(Revision revision) {
        return revision.artifact().map(Artifact::identity);
    }
}
