package io.changeorder.domain.app;

import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.revision.Revision;
import io.changeorder.domain.revision.RevisionId;
import java.time.Instant;
import java.util.Optional;

/**
 * A revision that was deployed, or is to be, with the settings it had (SAE 2019-05-06, ListAppVersions). An application
 * has one version per revision.
 *
 * @param application whose
 * @param id the digest of {@code revision}; VersionId on the wire
 * @param revision what runs
 * @param settings the settings of its latest deployment
 * @param createdAt when it was first deployed
 * @param rolledBackBy the rollback that a person ordered of it, if one did
 */
public record Version(
        ApplicationId application,
        RevisionId id,
        Revision revision,
        Settings settings,
        Instant createdAt,
        Optional<ChangeOrderId> rolledBackBy) {

    public static Version of(ApplicationId application, Revision revision, Settings settings, Instant createdAt) {
        return new Version(application, revision.id(), revision, settings, createdAt, Optional.empty());
    }

    public Version withSettings(Settings newSettings) {
        return new Version(application, id, revision, newSettings, createdAt, rolledBackBy);
    }

    public Version withRolledBackBy(ChangeOrderId order) {
        return new Version(application, id, revision, settings, createdAt, Optional.of(order));
    }
}
