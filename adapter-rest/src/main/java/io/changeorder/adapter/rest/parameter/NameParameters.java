package io.changeorder.adapter.rest.parameter;

import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.RejectedRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names that people give, and the token that a client makes up. */
public final class NameParameters {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,35}");
    private static final Pattern NAMESPACE = Pattern.compile("[!-~]{1,128}");
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,64}");

    private NameParameters() {}

    /** AppName (SAE 2019-05-06, CreateApplication). */
    public static String application(Parameters parameters) {
        String name = parameters.requiredText("AppName");
        if (!NAME.matcher(name).matches()) {
            throw new RejectedRequest(Failure.unusable(
                    "AppName", "it is 1 to 36 letters, digits and hyphens, the first of them a letter"));
        }
        return name;
    }

    /** NamespaceId; empty when it is not said. */
    public static String namespace(Parameters parameters) {
        return matching(parameters, "NamespaceId", NAMESPACE).orElse("");
    }

    /** ClientToken. */
    public static Optional<String> clientToken(Parameters parameters) {
        return matching(parameters, Parameters.CLIENT_TOKEN, TOKEN);
    }

    private static Optional<String> matching(Parameters parameters, String name, Pattern pattern) {
        Optional<String> value = parameters.text(name);
        if (value.isPresent() && !pattern.matcher(value.get()).matches()) {
            throw new RejectedRequest(Failure.invalid(name));
        }
        return value;
    }
}
