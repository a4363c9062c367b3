package io.changeorder.adapter.rest.view;

import io.changeorder.adapter.rest.message.Fields;
import io.changeorder.adapter.rest.message.JsonText;
import io.changeorder.application.api.query.Views.ApplicationView;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Revision;
import java.util.Optional;
import java.util.OptionalInt;

/** An application as the queries tell of it. */
public final class ApplicationFields {
    /** The one group of every application, its id and its name. */
    public static final String GROUP = "_DEFAULT_GROUP";

    private static final int UNUSED = -1;

    private ApplicationFields() {}

    /** Data of DescribeApplicationStatus. */
    public static Fields status(ApplicationView view) {
        Optional<ChangeOrder> last = view.lastOrder();
        Fields fields = new Fields()
                .put("AppId", view.application().id().value())
                .put("CreateTime", WireTime.millisText(view.application().createdAt()))
                .put("CurrentStatus", currentStatus(view))
                .put("RunningInstances", view.ready())
                .put("LastChangeOrderRunning", last.filter(ChangeOrder::isLive).isPresent())
                .put("SubStatus", last.flatMap(ChangeOrder::attention).isPresent() ? "RUNNING_BUT_HAS_ERROR" : "NORMAL")
                .put("EnableAgent", false);
        last.ifPresent(order -> fields.put("LastChangeOrderId", order.id().value())
                .put("LastChangeOrderStatus", StatusNames.name(order.status())));
        return fields;
    }

    /** Data of DescribeApplicationConfig, of the present version or an earlier one. */
    public static Fields config(ApplicationView view, Optional<Version> version, Optional<Settings> settings) {
        Application application = view.application();
        Fields fields = new Fields()
                .put("AppId", application.id().value())
                .put("AppName", application.name())
                .put("NamespaceId", application.namespace());
        settings.ifPresent(present -> putSettings(fields, present));
        version.ifPresent(present -> putRevision(fields, present));
        return fields;
    }

    /** A row of ListApplications. */
    public static Fields row(ApplicationView view) {
        Application application = view.application();
        Optional<Settings> settings = settings(view);
        Fields fields = new Fields()
                .put("AppId", application.id().value())
                .put("AppName", application.name())
                .put("AppDescription", settings.map(Settings::description).orElse(""))
                .put("NamespaceId", application.namespace())
                .put("NamespaceName", application.namespace())
                .put("AppDeletingStatus", isBeingDeleted(view))
                .put("Instances", settings.map(Settings::replicas).orElse(0))
                .put("RunningInstances", view.ready());
        view.version().map(Version::revision).ifPresent(revision -> putArtifact(fields, revision));
        return fields;
    }

    /** The one row of DescribeApplicationGroups. */
    public static Fields group(ApplicationView view) {
        Fields fields = new Fields()
                .put("GroupId", GROUP)
                .put("GroupName", GROUP)
                .put("GroupType", 0)
                .put("Replicas", settings(view).map(Settings::replicas).orElse(0))
                .put("RunningInstances", view.ready());
        view.version().ifPresent(version -> {
            fields.put(
                            "PackageType",
                            RevisionTexts.packageType(version.revision().packageType()))
                    .put("PackageVersion", version.revision().versionLabel())
                    .put("PackageVersionId", version.id().value());
            putArtifact(fields, version.revision());
        });
        return fields;
    }

    /** A row of ListAppVersions. */
    public static Fields version(Version version) {
        Revision revision = version.revision();
        String location = revision.artifact().map(Artifact::location).orElse("");
        return new Fields()
                .put("Id", version.id().value())
                .put("Type", RevisionTexts.versionType(revision.packageType()))
                .put("BuildPackageUrl", location)
                .put("WarUrl", location)
                .put("CreateTime", WireTime.millisText(version.createdAt()))
                .put("PackageVersion", revision.versionLabel())
                .putIfPresent("RolledBackBy", version.rolledBackBy().map(ChangeOrderId::value));
    }

    /** The settings that hold: the settled ones, or those it was created with. */
    public static Optional<Settings> settings(ApplicationView view) {
        return view.application()
                .settled()
                .settingsIfAny()
                .or(() -> view.version().map(Version::settings));
    }

    private static String currentStatus(ApplicationView view) {
        if (!view.observed()) {
            return "UNKNOWN";
        }
        return view.instances().isEmpty() && !view.application().settled().isRunning() ? "STOPPED" : "RUNNING";
    }

    private static boolean isBeingDeleted(ApplicationView view) {
        return view.lastOrder()
                .filter(ChangeOrder::isLive)
                .filter(order -> TypeNames.code(order.change()).equals("CoDeleteApp"))
                .isPresent();
    }

    private static void putSettings(Fields fields, Settings settings) {
        fields.put("AppDescription", settings.description())
                .put("Replicas", settings.replicas())
                .put("UpdateStrategy", RevisionTexts.strategy(settings.strategy()))
                .put("BatchWaitTime", settings.strategy().pause().toSeconds())
                .put("MinReadyInstances", orUnused(settings.floor().instances()))
                .put("MinReadyInstanceRatio", orUnused(settings.floor().percent()))
                .put("MaxSurgeInstances", orUnused(settings.surge().instances()))
                .put("MaxSurgeInstanceRatio", orUnused(settings.surge().percent()))
                .put("InstanceReadySeconds", settings.timing().instanceReady().toSeconds())
                .put("ReadyForSeconds", settings.timing().readyFor().toSeconds());
    }

    private static void putRevision(Fields fields, Version version) {
        Revision revision = version.revision();
        fields.put("VersionId", version.id().value())
                .put("PackageType", RevisionTexts.packageType(revision.packageType()))
                .put("PackageVersion", revision.versionLabel())
                .putIfPresent("Command", revision.command())
                .put("CommandArgs", JsonText.ofTexts(revision.arguments()))
                .put("JarStartOptions", revision.jvmOptions())
                .put("JarStartArgs", revision.jarArguments())
                .put("Envs", RevisionTexts.environment(revision.environment()))
                .put("TerminationGracePeriodSeconds", revision.terminationGraceSeconds())
                .putIfPresent("Liveness", revision.probes().liveness().map(RevisionTexts::probe))
                .putIfPresent("Readiness", revision.probes().readiness().map(RevisionTexts::probe))
                .putIfPresent("StartupProbe", revision.probes().startup().map(RevisionTexts::probe))
                .putIfPresent("PackageSha256", revision.artifact().flatMap(Artifact::sha256));
        putArtifact(fields, revision);
    }

    private static void putArtifact(Fields fields, Revision revision) {
        fields.putIfPresent(
                RevisionTexts.artifactField(revision.packageType()),
                revision.artifact().map(Artifact::location));
    }

    private static int orUnused(OptionalInt number) {
        return number.orElse(UNUSED);
    }
}
