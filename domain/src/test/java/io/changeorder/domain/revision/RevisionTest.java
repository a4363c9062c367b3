package io.changeorder.domain.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A revision is named by its content, and by nothing else. */
class RevisionTest {
    private static final String SHA = "0123456789abcdef".repeat(4);
    private static final Revision BASE = Revision.command("run", "a", "b");

    @Property
    void twoRevisionsHaveTheSameIdExactlyWhenTheirContentIsTheSame(
            @ForAll("revisions") Revision one, @ForAll("revisions") Revision other) {
        assertThat(one.id().equals(other.id())).isEqualTo(content(one).equals(content(other)));
        assertThat(copy(one).id()).isEqualTo(one.id());
    }

    @Property
    void aChangeOfOneFieldIsAnotherRevision(
            @ForAll("revisions") Revision one, @ForAll("revisions") Revision other, @ForAll("fields") Field field) {
        Revision changed = field.taken().apply(one, other);
        assertThat(changed.id().equals(one.id())).isEqualTo(content(changed).equals(content(one)));
        assertThat(field.taken().apply(changed, one).id()).as("and back").isEqualTo(one.id());
    }

    /** Where pinned bytes came from does not count. */
    private static Revision content(Revision revision) {
        return revision.artifact()
                .flatMap(Artifact::sha256)
                .map(sha -> revision.withArtifact(Artifact.at("anywhere").pinned(sha)))
                .orElse(revision);
    }

    /** A field of one revision with the value of another. */
    private record Field(String name, BinaryOperator<Revision> taken) {}

    @Provide
    Arbitrary<Field> fields() {
        return Arbitraries.of(
                new Field("packageType", (one, other) -> with(one, other.packageType(), one, one, one)),
                new Field("artifact and command", (one, other) -> with(one, one.packageType(), other, one, one)),
                new Field("arguments", (one, other) -> with(one, one.packageType(), one, other, one)),
                new Field("options", (one, other) -> with(one, one.packageType(), one, one, other)),
                new Field("versionLabel", (one, other) -> one.withVersionLabel(other.versionLabel())),
                new Field("environment", (one, other) -> one.withEnvironment(other.environment())),
                new Field("probes", (one, other) -> one.withProbes(other.probes())),
                new Field("grace", (one, other) -> one.withTerminationGraceSeconds(other.terminationGraceSeconds())));
    }

    private static Revision with(
            Revision rest, PackageType type, Revision program, Revision arguments, Revision options) {
        return new Revision(
                type,
                program.artifact(),
                rest.versionLabel(),
                program.command(),
                arguments.arguments(),
                options.jvmOptions(),
                options.jarArguments(),
                rest.environment(),
                rest.probes(),
                rest.terminationGraceSeconds());
    }

    @Example
    void noTwoOfTheseReadTheSame() {
        List<Revision> all = List.of(
                BASE,
                Revision.command("run", "ab"),
                Revision.command("run", "a", "b", ""),
                Revision.command("run", "", "a", "b"),
                Revision.command("runa", "b"),
                Revision.command("run"),
                BASE.withVersionLabel("a"),
                BASE.withEnvironment(Map.of("a", "b")),
                BASE.withEnvironment(Map.of("ab", "")),
                BASE.withEnvironment(Map.of("", "ab")),
                BASE.withEnvironment(Map.of("a", "", "b", "")),
                BASE.withTerminationGraceSeconds(31),
                BASE.withArtifact(Artifact.at("a")),
                BASE.withArtifact(Artifact.at(SHA)),
                BASE.withArtifact(Artifact.at("elsewhere").pinned(SHA)),
                with(PackageType.WAR, "", ""),
                with(PackageType.FAT_JAR, "-Xmx1g", ""),
                with(PackageType.FAT_JAR, "", "-Xmx1g"),
                with(PackageType.FAT_JAR, "-Xmx", "1g"),
                BASE.withProbes(probes(1)),
                BASE.withProbes(probes(2)),
                BASE.withProbes(probes(3)),
                readiness(new Probe.TcpSocket(80)),
                readiness(new Probe.TcpSocket(8)),
                readiness(new Probe.Exec(List.of("tcpSocket", "80"))),
                readiness(new Probe.Exec(List.of("httpGet", "HTTP", "/", "80"))),
                readiness(new Probe.HttpGet("/", 80, Probe.Scheme.HTTP)),
                readiness(new Probe.HttpGet("/", 80, Probe.Scheme.HTTPS)),
                readiness(new Probe.HttpGet("/a", 80, Probe.Scheme.HTTP)),
                BASE.withProbes(Probes.readiness(new Probe(new Probe.TcpSocket(80), 2, 1, 1))),
                BASE.withProbes(Probes.readiness(new Probe(new Probe.TcpSocket(80), 1, 2, 1))),
                BASE.withProbes(Probes.readiness(new Probe(new Probe.TcpSocket(80), 1, 1, 2))),
                BASE.withVersionLabel("\uD83D\uDE00"),
                BASE.withVersionLabel("\uD83D"),
                BASE.withVersionLabel("\uDE00"),
                BASE.withVersionLabel("?"));
        assertThat(all).extracting(Revision::id).doesNotHaveDuplicates();
    }

    @Property
    void textThatMovesFromOneFieldToAnotherIsNoticed(@ForAll("texts") String text) {
        List<Revision> all = List.of(
                Revision.command("run", text, "", ""),
                Revision.command("run", "", text, ""),
                Revision.command("run", "", "", text),
                Revision.command("run", "", "", "").withVersionLabel(text),
                Revision.command("run", "", "", "").withEnvironment(Map.of("", text)),
                Revision.command("run", "", "", "").withEnvironment(Map.of(text, "")));
        assertThat(all.stream().map(Revision::id).distinct().count())
                .isEqualTo(all.stream().distinct().count());
    }

    @Example
    void thePinnedBytesCountAndNotWhereTheyCameFrom() {
        Revision here = Revision.fatJar(Artifact.at("file:/here.jar").pinned(SHA));
        Revision there = Revision.fatJar(Artifact.at("file:/there.jar").pinned(SHA));
        assertThat(here.id()).isEqualTo(there.id());
        assertThat(here.artifact().orElseThrow().identity()).isEqualTo(SHA);
        assertThat(Revision.fatJar(Artifact.at("file:/here.jar")).id())
                .isNotEqualTo(Revision.fatJar(Artifact.at("file:/there.jar")).id());
    }

    /** Ids are stored: in a later release, too, the same content is the same revision and not another one. */
    @Example
    void theIdOfAContentIsTheSameForEver() {
        Probe.Action get = new Probe.HttpGet("/ready", 8080, Probe.Scheme.HTTPS);
        Revision all = new Revision(
                PackageType.FAT_JAR,
                Optional.of(Artifact.at("file:/here.jar").pinned(SHA)),
                "1.0",
                Optional.of("run"),
                List.of("a", "b"),
                "-Xmx1g",
                "--port=0",
                Map.of("A", "1", "B", "2"),
                new Probes(
                        Optional.of(new Probe(new Probe.Exec(List.of("check", "it")), 1, 2, 3)),
                        Optional.of(new Probe(get, 4, 5, 6)),
                        Optional.of(new Probe(new Probe.TcpSocket(80), 7, 8, 9))),
                31);
        assertThat(all.id()).hasToString("0131f4d8170977f758d10afc1050dd8c20ff0497e36cc26ef8b8067f4e526d3a");
        assertThat(BASE.id()).hasToString("ab53b6654cb7c2ced48cf47da996bf02a326d4216e719f37e5d183467265a105");
    }

    @Example
    void theOrderOfTheEnvironmentDoesNotCount() {
        Map<String, String> forward = new LinkedHashMap<>();
        forward.put("A", "1");
        forward.put("B", "2");
        Map<String, String> backward = new LinkedHashMap<>();
        backward.put("B", "2");
        backward.put("A", "1");
        assertThat(BASE.withEnvironment(forward).id())
                .isEqualTo(BASE.withEnvironment(backward).id());
        assertThat(BASE.withEnvironment(backward).environment().keySet()).containsExactly("A", "B");
    }

    @Example
    void aRevisionIsNotChangedThroughWhatItWasMadeFrom() {
        List<String> command = new ArrayList<>(List.of("check"));
        Map<String, String> environment = new HashMap<>(Map.of("A", "1"));
        Revision revision =
                BASE.withEnvironment(environment).withProbes(Probes.readiness(probe(new Probe.Exec(command))));
        RevisionId before = revision.id();
        command.add("more");
        environment.put("B", "2");
        assertThat(revision.id()).isEqualTo(before);
    }

    @Example
    void revisionsGuardThemselves() {
        assertRefused(() -> BASE.withTerminationGraceSeconds(0));
        assertRefused(() -> BASE.withTerminationGraceSeconds(301));
        assertThat(BASE.withTerminationGraceSeconds(300).terminationGraceSeconds())
                .isEqualTo(300);
        assertThat(BASE.withTerminationGraceSeconds(1).terminationGraceSeconds())
                .isOne();
        assertRefused(() -> new Revision(
                PackageType.IMAGE,
                Optional.empty(),
                "",
                Optional.empty(),
                List.of(),
                "",
                "",
                Map.of(),
                Probes.NONE,
                30));
        assertRefused(() -> Artifact.at(" "));
        assertRefused(() -> Artifact.at("a").pinned("short"));
        assertRefused(() -> Artifact.at("a").pinned(SHA.toUpperCase(Locale.ROOT)));
        assertRefused(() -> new RevisionId("1".repeat(63)));
        assertRefused(() -> new RevisionId("g".repeat(64)));
        assertRefused(() -> new RevisionId("A".repeat(64)));
    }

    @Example
    void probesGuardThemselves() {
        Probe.Action action = new Probe.TcpSocket(0);
        assertThat(new Probe(action, 0, 1, 1).initialDelaySeconds()).isZero();
        assertRefused(() -> new Probe(action, -1, 1, 1));
        assertRefused(() -> new Probe(action, 0, 0, 1));
        assertRefused(() -> new Probe(action, 0, 1, 0));
        assertRefused(() -> new Probe.Exec(List.of()));
        assertRefused(() -> new Probe.HttpGet("health", 80, Probe.Scheme.HTTP));
        assertRefused(() -> new Probe.HttpGet("/", 65_536, Probe.Scheme.HTTP));
        assertRefused(() -> new Probe.TcpSocket(-1));
        assertThat(new Probe.TcpSocket(65_535).port()).isEqualTo(65_535);
    }

    @Example
    void peopleReadTheFirstDigits() {
        assertThat(new RevisionId(SHA).shortForm()).isEqualTo("01234567");
        assertThat(new RevisionId(SHA)).hasToString(SHA);
        assertThat(new RevisionId("0".repeat(64))).isLessThan(new RevisionId("1".repeat(64)));
    }

    private static void assertRefused(ThrowingCallable making) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class);
    }

    private static Revision with(PackageType type, String jvmOptions, String jarArguments) {
        return new Revision(
                type,
                Optional.empty(),
                "",
                Optional.of("run"),
                List.of("a", "b"),
                jvmOptions,
                jarArguments,
                Map.of(),
                Probes.NONE,
                30);
    }

    private static Revision copy(Revision revision) {
        return new Revision(
                revision.packageType(),
                revision.artifact(),
                revision.versionLabel(),
                revision.command(),
                new ArrayList<>(revision.arguments()),
                revision.jvmOptions(),
                revision.jarArguments(),
                new HashMap<>(revision.environment()),
                revision.probes(),
                revision.terminationGraceSeconds());
    }

    private static Probe probe(Probe.Action action) {
        return new Probe(action, 1, 1, 1);
    }

    private static Probes probes(int which) {
        Optional<Probe> probe = Optional.of(probe(new Probe.TcpSocket(80)));
        return switch (which) {
            case 1 -> new Probes(probe, Optional.empty(), Optional.empty());
            case 2 -> new Probes(Optional.empty(), Optional.empty(), probe);
            default -> new Probes(probe, Optional.empty(), probe);
        };
    }

    private static Revision readiness(Probe.Action action) {
        return BASE.withProbes(Probes.readiness(probe(action)));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab\u0000=é\uD83D").ofMaxLength(3);
    }

    @Provide
    Arbitrary<Revision> revisions() {
        return Combinators.combine(
                        programs(),
                        texts(),
                        texts().list().ofMaxSize(2),
                        texts(),
                        texts(),
                        Arbitraries.maps(texts(), texts()).ofMaxSize(2),
                        someProbes())
                .as((program, label, arguments, jvm, jar, environment, probes) -> new Revision(
                        label.isEmpty() ? PackageType.WAR : PackageType.FAT_JAR,
                        program.artifact(),
                        label,
                        program.command(),
                        arguments,
                        jvm,
                        jar,
                        environment,
                        probes,
                        30 + jvm.length()));
    }

    private Arbitrary<Revision> programs() {
        return Arbitraries.of(
                BASE,
                Revision.command(""),
                Revision.fatJar(Artifact.at("here")),
                Revision.fatJar(Artifact.at(SHA)),
                Revision.fatJar(Artifact.at("here").pinned(SHA)),
                Revision.fatJar(Artifact.at("there").pinned(SHA)),
                BASE.withArtifact(Artifact.at("there").pinned("f".repeat(64))));
    }

    private Arbitrary<Probes> someProbes() {
        Arbitrary<Probe.Action> actions = Arbitraries.of(
                new Probe.TcpSocket(80),
                new Probe.TcpSocket(81),
                new Probe.Exec(List.of("tcpSocket", "80")),
                new Probe.HttpGet("/", 80, Probe.Scheme.HTTP),
                new Probe.HttpGet("/", 80, Probe.Scheme.HTTPS));
        Arbitrary<Optional<Probe>> probes = Combinators.combine(
                        actions,
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.integers().between(1, 2))
                .as(Probe::new)
                .optional(0.3);
        return Combinators.combine(probes, probes, probes).as(Probes::new);
    }
}
