package io.changeorder.adapter.process.launch;

import io.changeorder.adapter.process.files.ArtifactPins;
import io.changeorder.application.spi.runtime.ApplicationRuntime.Preparation;
import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.PackageType;
import io.changeorder.domain.revision.Probe;
import io.changeorder.domain.revision.Revision;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks that revisions can be run as processes here, and pins their artifacts. Thread-safe. */
public final class Preparations {
    private final ArtifactPins pins;
    private final String searchPath;

    public Preparations(ArtifactPins pins, String searchPath) {
        this.pins = pins;
        this.searchPath = searchPath;
    }

    public Preparation prepare(Revision revision) {
        Optional<Preparation> obstacle = Stream.<Optional<Preparation>>of(
                        packageType(revision.packageType()),
                        environment(revision.environment()),
                        text("CommandArgs", revision.arguments()),
                        text("JarStartOptions", List.of(revision.jvmOptions())),
                        text("JarStartArgs", List.of(revision.jarArguments())),
                        revision.command().flatMap(this::command),
                        revision.command().flatMap(command -> assignment(command, revision.environment())),
                        revision.probes().liveness().flatMap(probe -> probe("Liveness", probe)),
                        revision.probes().readiness().flatMap(probe -> probe("Readiness", probe)),
                        revision.probes().startup().flatMap(probe -> probe("StartupProbe", probe)))
                .flatMap(Optional::stream)
                .findFirst();
        return obstacle.orElseGet(() ->
                revision.artifact().map(artifact -> pin(revision, artifact)).orElseGet(() -> usable(revision)));
    }

    private Preparation pin(Revision revision, Artifact artifact) {
        try {
            Artifact pinned = revision.command().isPresent()
                    ? pins.pin(artifact)
                    : pins.pin(
                            artifact,
                            copy -> ExecutableJar.whyNot(copy).map(why -> artifact.location() + " " + why + "."));
            return usable(revision.withArtifact(pinned));
        } catch (ArtifactPins.Unpinnable e) {
            return unusable("PackageUrl", e.why());
        } catch (IOException e) {
            throw new RuntimeUnavailableException("the artifact can't be pinned now: " + e, e);
        }
    }

    private static Optional<Preparation> packageType(PackageType type) {
        return switch (type) {
            case FAT_JAR -> Optional.empty();
            case IMAGE ->
                Optional.of(unusable(
                        "PackageType", "Images can't be run as local processes: deploy a FatJar or a Command."));
            case WAR ->
                Optional.of(unusable(
                        "PackageType", "A War needs a servlet container: deploy a FatJar that brings its own."));
        };
    }

    private static Optional<Preparation> environment(Map<String, String> environment) {
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String name = variable.getKey();
            if (Launcher.RESERVED.contains(name)) {
                return Optional.of(unusable("Envs", name + " is set by the runtime itself: use another name."));
            }
            if (name.isEmpty() || name.indexOf('=') >= 0 || hasNul(name) || hasNul(variable.getValue())) {
                return Optional.of(unusable(
                        "Envs", "A name must not be empty or hold an equals sign, and nothing may hold a NUL."));
            }
        }
        return Optional.empty();
    }

    private static Optional<Preparation> text(String parameter, List<String> texts) {
        return texts.stream().anyMatch(Preparations::hasNul)
                ? Optional.of(unusable(parameter, "A command line can't hold a NUL."))
                : Optional.empty();
    }

    private Optional<Preparation> command(String command) {
        try {
            return missing(command);
        } catch (InvalidPathException e) {
            return Optional.of(unusable("Command", "This is not the path of a program here: " + e.getMessage() + "."));
        }
    }

    /** What puts an odd variable into place would take the program for one more. */
    private static Optional<Preparation> assignment(String command, Map<String, String> environment) {
        return environment.keySet().stream()
                .filter(name -> command.indexOf('=') >= 0 && !Launcher.isPlain(name))
                .map(name -> unusable(
                        "Command",
                        "A program with an equals sign in its path can't be started with the variable " + name + "."))
                .findFirst();
    }

    private Optional<Preparation> missing(String command) {
        if (command.isBlank() || hasNul(command) || command.startsWith("-")) {
            return Optional.of(unusable("Command", "A command is the name or the path of a program."));
        }
        if (command.indexOf('/') < 0) {
            boolean found = Stream.of(searchPath.split(File.pathSeparator, -1))
                    .map(folder -> Path.of(folder, command))
                    .anyMatch(Preparations::isProgram);
            return found
                    ? Optional.empty()
                    : Optional.of(unusable("Command", "There is no program " + command + " in " + searchPath + "."));
        }
        if (!command.startsWith("/")) {
            return Optional.of(unusable(
                    "Command",
                    command + " is relative to nothing: give an absolute path, or a name to be found in " + searchPath
                            + "."));
        }
        return isProgram(Path.of(command))
                ? Optional.empty()
                : Optional.of(unusable("Command", "There is no program " + command + "."));
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    private static Optional<Preparation> probe(String parameter, Probe probe) {
        return probe.action()
                .match(
                        exec -> text(parameter, exec.command()),
                        get -> get.path().chars().allMatch(c -> c > ' ' && c < 0x7F)
                                ? Optional.empty()
                                : Optional.of(
                                        unusable(
                                                parameter,
                                                "The path of a probe is printable ASCII without blanks, escaped where needed.")),
                        socket -> Optional.empty());
    }

    private static boolean hasNul(String text) {
        return text.indexOf('\0') >= 0;
    }

    private static Preparation usable(Revision revision) {
        return new Preparation.Prepared(revision);
    }

    private static Preparation unusable(String parameter, String why) {
        return new Preparation.Unusable(parameter, why);
    }
}
