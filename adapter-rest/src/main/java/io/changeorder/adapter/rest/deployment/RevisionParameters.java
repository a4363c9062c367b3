package io.changeorder.adapter.rest.deployment;

import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.RejectedRequest;
import io.changeorder.adapter.rest.message.WireError;
import io.changeorder.adapter.rest.parameter.Parameters;
import io.changeorder.domain.revision.PackageType;
import io.changeorder.domain.revision.Probe;
import io.changeorder.domain.revision.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What each instance runs. A parameter that is sent empty goes back to its default. */
public final class RevisionParameters {
    private static final int MAX_LABEL = 64;

    private RevisionParameters() {}

    /** The revision of a new application. */
    public static Revision create(Parameters parameters) {
        parameters.requiredText("PackageType");
        return applied(edits(parameters), RevisionDraft.blank());
    }

    /**
     * From the present revision to the wanted one; what is not said stays. Everything was read when this returns, but
     * whether the parts fit together depends on the present revision: then the function throws {@link RejectedRequest}.
     */
    public static UnaryOperator<Revision> change(Parameters parameters) {
        List<Consumer<RevisionDraft>> edits = edits(parameters);
        return present -> applied(edits, RevisionDraft.of(present));
    }

    private static Revision applied(List<Consumer<RevisionDraft>> edits, RevisionDraft draft) {
        edits.forEach(edit -> edit.accept(draft));
        return draft.build();
    }

    private static List<Consumer<RevisionDraft>> edits(Parameters parameters) {
        List<Consumer<RevisionDraft>> edits = new ArrayList<>();
        parameters
                .text("PackageType")
                .map(RevisionParameters::packageType)
                .ifPresent(type -> edits.add(draft -> draft.type = type));
        parameters.sent("PackageUrl").ifPresent(url -> edits.add(draft -> draft.packageUrl = Optional.of(url)));
        parameters.sent("ImageUrl").ifPresent(url -> edits.add(draft -> draft.imageUrl = Optional.of(url)));
        parameters
                .sent("PackageVersion")
                .map(RevisionParameters::label)
                .ifPresent(label -> edits.add(draft -> draft.label = label));
        parameters
                .sent("Command")
                .ifPresent(command ->
                        edits.add(draft -> draft.command = Optional.of(command).filter(text -> !text.isBlank())));
        parameters.sent("JarStartOptions").ifPresent(options -> edits.add(draft -> draft.jvmOptions = options));
        parameters.sent("JarStartArgs").ifPresent(arguments -> edits.add(draft -> draft.jarArguments = arguments));
        parameters
                .sent("CommandArgs")
                .map(EnvironmentParameter::arguments)
                .ifPresent(arguments -> edits.add(draft -> draft.arguments = arguments));
        Optional<Map<String, String>> environment = parameters.sent("Envs").map(EnvironmentParameter::environment);
        environment.ifPresent(variables -> edits.add(draft -> draft.environment = variables));
        probe(parameters, "Liveness").ifPresent(probe -> edits.add(draft -> draft.liveness = probe.value()));
        probe(parameters, "Readiness").ifPresent(probe -> edits.add(draft -> draft.readiness = probe.value()));
        probe(parameters, "StartupProbe").ifPresent(probe -> edits.add(draft -> draft.startup = probe.value()));
        OptionalInt grace =
                parameters.number("TerminationGracePeriodSeconds", 1, Revision.MAX_TERMINATION_GRACE_SECONDS);
        grace.ifPresent(seconds -> edits.add(draft -> draft.graceSeconds = seconds));
        return edits;
    }

    private static PackageType packageType(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "image" -> PackageType.IMAGE;
            case "fatjar" -> PackageType.FAT_JAR;
            case "war" -> PackageType.WAR;
            default -> throw new RejectedRequest(Failure.of(WireError.PACKAGE_TYPE_NOT_FOUND));
        };
    }

    private static String label(String text) {
        if (text.length() > MAX_LABEL) {
            throw new RejectedRequest(Failure.of(WireError.VERSION_TOO_LONG));
        }
        return text;
    }

    private static Optional<Sent> probe(Parameters parameters, String name) {
        return parameters.sent(name).map(text -> new Sent(ProbeParameter.parse(name, text)));
    }

    /** A probe that was sent, or that there shall be none. */
    private record Sent(Optional<Probe> value) {}
}
