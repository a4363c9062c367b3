package io.changeorder.adapter.rest.view;

import io.changeorder.adapter.rest.message.Fields;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.PackageType;
import io.changeorder.domain.revision.Revision;
import io.changeorder.domain.revision.RevisionId;
import java.util.Map;
import java.util.Optional;

/** An instance as DescribeApplicationInstances tells of it. */
public final class InstanceFields {
    private InstanceFields() {}

    /**
     * A row.
     *
     * @param versions the versions that are known, for the label of the instance's
     */
    public static Fields row(Instance instance, Map<RevisionId, Version> versions) {
        Optional<Revision> revision =
                Optional.ofNullable(versions.get(instance.entry().revision())).map(Version::revision);
        String container = container(instance.state());
        boolean ready = instance.readySince().isPresent();
        return new Fields()
                .put("InstanceId", instance.id().value())
                .put("GroupId", ApplicationFields.GROUP)
                .put("InstanceContainerStatus", container)
                .put("MainContainerStatus", container)
                .put("InstanceHealthStatus", health(instance))
                .put("InstanceContainerRestarts", instance.exits())
                .put("CreateTimeStamp", instance.countedFrom().toEpochMilli())
                .put("UnhealthyMessage", ready ? "" : instance.detail())
                .put("VersionId", instance.entry().revision().value())
                .put("Generation", instance.entry().generation())
                .putIfPresent("PackageVersion", revision.map(Revision::versionLabel))
                .putIfPresent(
                        "ImageUrl",
                        revision.filter(each -> each.packageType() == PackageType.IMAGE)
                                .flatMap(Revision::artifact)
                                .map(Artifact::location));
    }

    private static String container(Instance.State state) {
        return switch (state) {
            case RUNNING -> "Running";
            case BACKING_OFF -> "CrashLoopBackOff";
            case STOPPING -> "Terminating";
        };
    }

    private static String health(Instance instance) {
        return switch (instance.state()) {
            case RUNNING -> {
                if (instance.readySince().isPresent()) {
                    yield "Healthy";
                }
                yield instance.detail().isEmpty() ? "NotCheckedYet" : "ReadinessUnhealthy";
            }
            case BACKING_OFF -> "Unhealthy";
            case STOPPING -> "NotCheckedYet";
        };
    }
}
