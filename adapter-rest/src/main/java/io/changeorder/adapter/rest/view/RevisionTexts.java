package io.changeorder.adapter.rest.view;

import com.google.common.math.LongMath;
import io.changeorder.adapter.rest.message.Fields;
import io.changeorder.adapter.rest.message.JsonText;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.revision.PackageType;
import io.changeorder.domain.revision.Probe;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;

/** The parameters that are JSON or a name, written as they were read. */
final class RevisionTexts {
    private static final int SECONDS_PER_MINUTE = 60;

    private RevisionTexts() {}

    /** UpdateStrategy; its minutes are rounded up, the seconds are told by BatchWaitTime. */
    static String strategy(UpdateStrategy strategy) {
        Fields update = new Fields()
                .put("batch", strategy.batches())
                .put("releaseType", OrderFields.batchType(strategy))
                .put("batchWaitTime", minutes(strategy.pause()));
        Fields fields = new Fields()
                .put("type", strategy.gray() > 0 ? "GrayBatchUpdate" : "BatchUpdate")
                .put("batchUpdate", update);
        if (strategy.gray() > 0) {
            fields.put("grayUpdate", new Fields().put("gray", strategy.gray()));
        }
        return JsonText.of(fields);
    }

    private static long minutes(Duration pause) {
        return LongMath.divide(pause.toSeconds(), SECONDS_PER_MINUTE, RoundingMode.CEILING);
    }

    static String environment(Map<String, String> environment) {
        return JsonText.ofRows(environment.entrySet().stream()
                .map(variable -> new Fields().put("name", variable.getKey()).put("value", variable.getValue()))
                .toList());
    }

    static String probe(Probe probe) {
        Fields fields = probe.action()
                .match(
                        exec -> new Fields().put("exec", new Fields().putTexts("command", exec.command())),
                        get -> new Fields()
                                .put(
                                        "httpGet",
                                        new Fields()
                                                .put("path", get.path())
                                                .put("port", get.port())
                                                .put("scheme", get.scheme().name())),
                        socket -> new Fields().put("tcpSocket", new Fields().put("port", socket.port())));
        return JsonText.of(fields.put("initialDelaySeconds", probe.initialDelaySeconds())
                .put("periodSeconds", probe.periodSeconds())
                .put("timeoutSeconds", probe.timeoutSeconds()));
    }

    static String packageType(PackageType type) {
        return switch (type) {
            case IMAGE -> "Image";
            case FAT_JAR -> "FatJar";
            case WAR -> "War";
        };
    }

    /** The field that holds the artifact's location. */
    static String artifactField(PackageType type) {
        return type == PackageType.IMAGE ? "ImageUrl" : "PackageUrl";
    }

    /** Type of ListAppVersions. */
    static String versionType(PackageType type) {
        return type == PackageType.IMAGE ? "image" : "url";
    }
}
