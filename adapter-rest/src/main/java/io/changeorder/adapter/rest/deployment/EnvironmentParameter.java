package io.changeorder.adapter.rest.deployment;

import io.changeorder.adapter.rest.parameter.JsonParameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Envs, {@code [{"name":"a","value":"b"}]}, and CommandArgs, {@code ["a","b"]}. */
final class EnvironmentParameter {
    private EnvironmentParameter() {}

    static Map<String, String> environment(String text) {
        Map<String, String> environment = new LinkedHashMap<>();
        if (text.isBlank()) {
            return environment;
        }
        for (JsonParameter each : JsonParameter.parse("Envs", text).elements()) {
            JsonParameter variable = each.requireObject();
            String name = variable.requiredMember("name").text();
            if (name.isEmpty() || name.indexOf('=') >= 0) {
                throw variable.unusable("has a name that is empty or has an = in it");
            }
            variable.member("valueFrom").ifPresent(source -> {
                throw source.unusable("is not supported: send a value");
            });
            String value =
                    variable.member("value").map(JsonParameter::scalarText).orElse("");
            if (environment.putIfAbsent(name, value) != null) {
                throw variable.unusable("has a name that another variable has too");
            }
        }
        return environment;
    }

    static List<String> arguments(String text) {
        return text.isBlank()
                ? List.of()
                : JsonParameter.parse("CommandArgs", text).elements().stream()
                        .map(JsonParameter::text)
                        .toList();
    }
}
