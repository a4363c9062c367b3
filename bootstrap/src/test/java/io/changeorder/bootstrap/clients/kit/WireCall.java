package io.changeorder.bootstrap.clients.kit;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;

/**
 * An operation of the wire, with what it requires. The values name nothing: they are there to be refused.
 *
 * @param required name to value of every required parameter
 */
public record WireCall(String operation, String method, String path, ImmutableMap<String, String> required) {
    public static final String UNKNOWN = "00000000-0000-7000-8000-000000000000";

    private static final Map<String, String> ORDER = Map.of("ChangeOrderId", UNKNOWN);
    private static final Map<String, String> APPLICATION = Map.of("AppId", UNKNOWN);
    private static final Map<String, String> PIPELINE = Map.of("PipelineId", UNKNOWN);

    /** The 20 of the vendor (SAE 2019-05-06), and RetryChangeOrder of ours. */
    public static final List<WireCall> ALL = List.of(
            order("PUT", "AbortAndRollbackChangeOrder", ORDER),
            order("PUT", "AbortChangeOrder", ORDER),
            order("PUT", "RetryChangeOrder", ORDER),
            order("GET", "DescribeChangeOrder", ORDER),
            order("GET", "ListChangeOrders", APPLICATION),
            order("GET", "DescribePipeline", PIPELINE),
            order("GET", "ConfirmPipelineBatch", with(PIPELINE, Map.of("Confirm", "true"))),
            application(
                    "POST",
                    "CreateApplication",
                    Map.of(
                            "AppName", "refused",
                            "PackageType", "FatJar",
                            "PackageUrl", "file:/nowhere.jar",
                            "Replicas", "1")),
            application("POST", "DeployApplication", APPLICATION),
            application("PUT", "RollbackApplication", with(APPLICATION, Map.of("VersionId", "0".repeat(64)))),
            application("PUT", "RestartApplication", APPLICATION),
            application("PUT", "RescaleApplication", with(APPLICATION, Map.of("Replicas", "1"))),
            application("PUT", "StartApplication", APPLICATION),
            application("PUT", "StopApplication", APPLICATION),
            application("DELETE", "DeleteApplication", APPLICATION),
            application("GET", "ListAppVersions", APPLICATION),
            application("GET", "DescribeApplicationStatus", APPLICATION),
            application("GET", "DescribeApplicationConfig", APPLICATION),
            application("GET", "ListApplications", Map.of()),
            application("GET", "DescribeApplicationGroups", APPLICATION),
            application("GET", "DescribeApplicationInstances", with(APPLICATION, Map.of("GroupId", "_DEFAULT_GROUP"))));

    /** By its name. */
    public static WireCall of(String operation) {
        return ALL.stream()
                .filter(call -> call.operation.equals(operation))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(operation));
    }

    /** Whether it changes something; one of the GETs does. */
    public boolean isCommand() {
        return !method.equals("GET") || operation.equals("ConfirmPipelineBatch");
    }

    public boolean requires(String parameter) {
        return required.containsKey(parameter);
    }

    private static WireCall order(String method, String operation, Map<String, String> required) {
        return new WireCall(operation, method, "/pop/v1/sam/changeorder/" + operation, ImmutableMap.copyOf(required));
    }

    private static WireCall application(String method, String operation, Map<String, String> required) {
        String name = Ascii.toLowerCase(operation.charAt(0)) + operation.substring(1);
        return new WireCall(operation, method, "/pop/v1/sam/app/" + name, ImmutableMap.copyOf(required));
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        return ImmutableMap.<String, String>builder().putAll(some).putAll(more).build();
    }

    @Override
    public String toString() {
        return operation;
    }
}
