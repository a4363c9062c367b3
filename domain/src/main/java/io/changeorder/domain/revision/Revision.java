package io.changeorder.domain.revision;

import com.google.common.collect.ImmutableSortedMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one instance runs. Two revisions with equal content have the same {@link #id()}, whoever deployed them and
 * when.
 *
 * @param packageType how it is packaged
 * @param artifact the package or image; absent when only a command is run
 * @param versionLabel what people call it (PackageVersion), at most 64 characters, may be empty
 * @param command program to run instead of the package's own start, as it is
 * @param arguments arguments of {@code command}, in order
 * @param jvmOptions options before {@code -jar}, blank-separated (JarStartOptions)
 * @param jarArguments arguments after the jar, blank-separated (JarStartArgs)
 * @param environment environment of each instance, sorted by name
 * @param probes how instances are asked whether they are well
 * @param terminationGraceSeconds seconds between SIGTERM and SIGKILL, 1 to 300
 */
public record Revision(
        PackageType packageType,
        Optional<Artifact> artifact,
        String versionLabel,
        Optional<String> command,
        List<String> arguments,
        String jvmOptions,
        String jarArguments,
        Map<String, String> environment,
        Probes probes,
        int terminationGraceSeconds) {
    public static final int DEFAULT_TERMINATION_GRACE_SECONDS = 30;
    public static final int MAX_TERMINATION_GRACE_SECONDS = 300;

    public Revision {
        arguments = List.copyOf(arguments);
        environment = ImmutableSortedMap.copyOf(environment);
        if (terminationGraceSeconds < 1 || terminationGraceSeconds > MAX_TERMINATION_GRACE_SECONDS) {
            throw new IllegalArgumentException("the termination grace is 1 to 300 seconds: " + terminationGraceSeconds);
        }
        if (artifact.isEmpty() && command.isEmpty()) {
            throw new IllegalArgumentException("a revision has an artifact or a command");
        }
    }

    /** A jar that is run by {@code java -jar}. */
    public static Revision fatJar(Artifact artifact) {
        return new Revision(
                PackageType.FAT_JAR,
                Optional.of(artifact),
                "",
                Optional.empty(),
                List.of(),
                "",
                "",
                Map.of(),
                Probes.NONE,
                DEFAULT_TERMINATION_GRACE_SECONDS);
    }

    /** A program that is run as it is. */
    public static Revision command(String program, String... arguments) {
        return new Revision(
                PackageType.FAT_JAR,
                Optional.empty(),
                "",
                Optional.of(program),
                List.of(arguments),
                "",
                "",
                Map.of(),
                Probes.NONE,
                DEFAULT_TERMINATION_GRACE_SECONDS);
    }

    public Revision withArtifact(Artifact newArtifact) {
        return new Revision(
                packageType,
                Optional.of(newArtifact),
                versionLabel,
                command,
                arguments,
                jvmOptions,
                jarArguments,
                environment,
                probes,
                terminationGraceSeconds);
    }

    public Revision withVersionLabel(String newLabel) {
        return new Revision(
                packageType,
                artifact,
                newLabel,
                command,
                arguments,
                jvmOptions,
                jarArguments,
                environment,
                probes,
                terminationGraceSeconds);
    }

    public Revision withEnvironment(Map<String, String> newEnvironment) {
        return new Revision(
                packageType,
                artifact,
                versionLabel,
                command,
                arguments,
                jvmOptions,
                jarArguments,
                newEnvironment,
                probes,
                terminationGraceSeconds);
    }

    public Revision withProbes(Probes newProbes) {
        return new Revision(
                packageType,
                artifact,
                versionLabel,
                command,
                arguments,
                jvmOptions,
                jarArguments,
                environment,
                newProbes,
                terminationGraceSeconds);
    }

    public Revision withTerminationGraceSeconds(int newGrace) {
        return new Revision(
                packageType,
                artifact,
                versionLabel,
                command,
                arguments,
                jvmOptions,
                jarArguments,
                environment,
                probes,
                newGrace);
    }

    /** The digest of this content. It costs a hash over all of it: keep it rather than ask again. */
    public RevisionId id() {
        return RevisionDigest.of(this);
    }
}
