package io.changeorder.bootstrap.faults;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Parameters that deploy the little web server of this repository, from its jar. */
final class HelloApplication {
    static final int REPLICAS = 2;

    private HelloApplication() {}

    /**
     * A version of it, ready as soon as it answers so.
     *
     * @param misbehaviour further variables of its environment; they tell it how to misbehave
     */
    static Map<String, String> version(Path jar, String version, Map<String, String> misbehaviour) {
        Map<String, String> environment = new HashMap<>(misbehaviour);
        environment.put("APP_VERSION", version);
        return Map.of(
                "PackageUrl",
                jar.toUri().toString(),
                "PackageVersion",
                "v" + version,
                "JarStartOptions",
                "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
                "Envs",
                envs(environment),
                "Replicas",
                Integer.toString(REPLICAS),
                "Readiness",
                "{\"httpGet\":{\"path\":\"/ready\",\"port\":0},\"initialDelaySeconds\":0,\"periodSeconds\":1}",
                "ReadyForSeconds",
                "0",
                "TerminationGracePeriodSeconds",
                "1");
    }

    static String envs(Map<String, String> environment) {
        return environment.entrySet().stream()
                .map(each -> "{\"name\":\"" + each.getKey() + "\",\"value\":\"" + each.getValue() + "\"}")
                .collect(joining(",", "[", "]"));
    }

    /** Two batches. */
    static Map<String, String> batches(String release) {
        return Map.of(
                "UpdateStrategy",
                "{\"type\":\"BatchUpdate\",\"batchUpdate\":{\"batch\":2,\"releaseType\":\"" + release + "\"}}");
    }
}
