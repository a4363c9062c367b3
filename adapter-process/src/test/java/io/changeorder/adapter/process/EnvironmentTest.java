package io.changeorder.adapter.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.process.os.ProcFs;
import io.changeorder.application.spi.runtime.ApplicationRuntime.Preparation;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an environment holds, it reaches the program, and nothing on the way to it obeys it. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class EnvironmentTest {
    private static final ApplicationId APP = new ApplicationId("018f4c3e-0000-7000-8000-000000000001");
    private static final List<String> SLEEP = List.of("/bin/sleep", "1000");
    private static final Set<String> OF_THE_RUNTIME = Set.of(
            "PATH",
            "HOME",
            "LANG",
            "PORT",
            "INSTANCE_ID",
            "REVISION",
            "GENERATION",
            "APPLICATION_ID",
            "CHANGEORDER_DATA");

    @TempDir
    Path data;

    private ShellFixture fixture;

    @BeforeEach
    void open() {
        fixture = new ShellFixture(data);
    }

    @AfterEach
    void leaveNothingBehind() {
        fixture.close();
    }

    @Test
    void namesThatShellsOrLoadersObeyReachTheProgramOnly() throws IOException {
        Path trap = Files.writeString(data.resolve("trap.sh"), "touch " + data + "/sprung\n");
        assertReachesTheProgram(Map.ofEntries(
                Map.entry("BASH_ENV", trap.toString()),
                Map.entry("ENV", trap.toString()),
                Map.entry("PATH", data.toString()),
                Map.entry("IFS", "/"),
                Map.entry("PS4", "$(touch " + data + "/sprung)"),
                Map.entry("SHELLOPTS", "noexec"),
                Map.entry("POSIXLY_CORRECT", "1"),
                Map.entry("OPTIND", "9"),
                Map.entry("LC_ALL", "ja_JP.SJIS"),
                Map.entry("LD_LIBRARY_PATH", data.toString()),
                Map.entry("GCONV_PATH", data.toString()),
                Map.entry("JAVA_TOOL_OPTIONS", "-javaagent:" + data + "/agent.jar"),
                Map.entry("BASH_FUNC_exec%%", "() { touch " + data + "/sprung; }"),
                Map.entry("CHANGEORDER_STORE_PASSWORD", "of the instance's own")));
    }

    @Test
    void namesThatLookLikeOptionsOrCommandsAreNames() throws IOException {
        String command = "touch " + data + "/sprung";
        Map<String, String> environment = new LinkedHashMap<>();
        for (String name : List.of(
                "-",
                "--",
                "-i",
                "-0",
                "-S",
                "--split-string",
                "-u",
                "--unset",
                "--chdir",
                "A B",
                "A\nB",
                "A\r",
                "export X",
                "$(" + command + ")",
                "`" + command + "`",
                "a;" + command + ";b",
                "'; " + command + "; '",
                "\"",
                "\\",
                "\u001B[2J",
                "größe")) {
            environment.put(name, "CHANGEORDER_DATA");
        }
        assertReachesTheProgram(environment);
    }

    @Test
    void valuesAreNotObeyed() throws IOException {
        String command = "touch " + data + "/sprung";
        Map<String, String> environment = new LinkedHashMap<>();
        for (String value : List.of(
                "'; " + command + "; '",
                "$(" + command + ")",
                "`" + command + "`",
                "\n" + command + "\n",
                "\\'" + command,
                "' \"",
                "\u0083",
                "trailing\\",
                "")) {
            environment.put("PLAIN_" + environment.size(), value);
            environment.put("odd." + environment.size(), value);
        }
        assertReachesTheProgram(environment);
    }

    /** The loader of each program that obeys it complains once about a library that it can't find. */
    @ParameterizedTest
    @ValueSource(strings = {"A", "a.b", "BASH_ENV"})
    void aLibraryToBePreloadedIsLoadedByTheProgramAlone(String beside) throws IOException {
        Instance instance = run(Map.of("LD_PRELOAD", "/nowhere/library.so", beside, "1"));
        assertThat(found(instance))
                .containsEntry("LD_PRELOAD", "/nowhere/library.so")
                .containsEntry(beside, "1");
        Path log = data.resolve(Path.of(
                "runtime", "applications", APP.value(), "logs", instance.id().value() + ".log"));
        assertThat(Files.readAllLines(log))
                .filteredOn(line -> line.contains("LD_PRELOAD"))
                .hasSize(1);
    }

    @Test
    void nothingOfTheEnginesOwnEnvironmentIsHandedOn() {
        Instance instance = run(Map.of("A", "1"));
        Set<String> expected = new TreeSet<>(OF_THE_RUNTIME);
        expected.add("A");
        assertThat(found(instance).keySet()).isEqualTo(expected);
    }

    @Test
    void aProgramThatWouldBeTakenForAVariableIsRefused() throws IOException {
        Path folder = Files.createDirectory(data.resolve("a=b"));
        Path program = Files.copy(Path.of("/bin/sleep"), folder.resolve("sleep"));
        Revision plain = Revision.command(program.toString(), "1000").withEnvironment(Map.of("A", "1"));
        assertThat(whyNot(plain)).isEmpty();
        assertThat(whyNot(plain.withEnvironment(Map.of("a.b", "1")))).contains("equals sign in its path");
    }

    private String whyNot(Revision revision) {
        return fixture.runtime().prepare(revision).match(prepared -> "", Preparation.Unusable::why);
    }

    private void assertReachesTheProgram(Map<String, String> environment) throws IOException {
        Instance instance = run(environment);
        assertThat(found(instance)).containsAllEntriesOf(environment);
        assertThat(found(instance))
                .containsEntry("CHANGEORDER_DATA", data.toRealPath().toString());
        assertThat(data.resolve("sprung")).doesNotExist();
        try (Stream<Path> work = Files.list(fixture.folder(instance.id()).resolve("work"))) {
            assertThat(work).isEmpty();
        }
    }

    /** Starts a program, and waits until it is what it should be and is proved to be it. */
    private Instance run(Map<String, String> environment) {
        Revision revision = Revision.command(SLEEP.get(0), SLEEP.get(1))
                .withTerminationGraceSeconds(1)
                .withEnvironment(environment);
        assertThat(whyNot(revision)).isEmpty();
        Entry entry = new Entry(revision.id(), 0);
        fixture.runtime().scale(APP, entry, revision, 1, new Fence(1));
        fixture.await(
                "the program runs",
                () -> fixture.runtime().observe(APP).instances().stream()
                        .flatMap(instance -> fixture.runtime().pid(APP, instance.id()).stream())
                        .anyMatch(pid ->
                                ProcFs.commandLine(pid).filter(SLEEP::equals).isPresent()));
        fixture.await(
                "it is proved to be what was wished for",
                () -> fixture.runtime()
                        .prove(APP, Composition.of(entry, 1), any -> revision, Duration.ZERO)
                        .differences()
                        .isEmpty());
        return fixture.runtime().observe(APP).instances().get(0);
    }

    private Map<String, String> found(Instance instance) {
        return ProcFs.environment(fixture.pid(APP, instance.id())).orElseThrow();
    }
}
