package io.changeorder.bootstrap.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code demo} as users run it: in a process of its own, with real processes of applications. */
@Tag("kill")
class DemoTest {
    @TempDir
    Path temporary;

    @TempDir
    Path logs;

    private Path hello;

    @BeforeEach
    void buildHello() throws IOException {
        hello = HelloJar.in(logs);
    }

    @Test
    void theDemoKeepsItsPromisesAndLeavesNothing() throws IOException {
        try (Child demo = Child.start(temporary, logs, "demo", "--hello", hello.toString())) {
            int exit = demo.awaitExit();

            assertThat(exit).as("%s %s", demo.lines(), demo.errors()).isZero();
            assertThat(demo.lines())
                    .contains("  Proof of restoration: the world equals the snapshot.")
                    .anyMatch(line -> line.startsWith("  HTTP 200 {\"RequestId\":"))
                    .anyMatch(line -> line.matches("  Acknowledged after \\d+ ms, the last process of version 2 gone"
                            + " \\d+ ms after that, all restored after \\d+ ms\\."))
                    .anyMatch(line -> line.matches("  Never touched, with the same pid since before: \\[\\d+, \\d+]"))
                    .anyMatch(line -> line.contains("was not ready in time"))
                    .last()
                    .asString()
                    .startsWith("Everything was as promised, in ");
        }
        nothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Changeorder listens",
                "Create application hello: Batch 1 running",
                "Deploy application hello: Batch 1 running",
                "Roll back application hello: Batch 1 running"
            })
    void anInterruptedDemoLeavesNothing(String moment) throws IOException {
        try (Child demo = Child.start(temporary, logs, "demo", "--hello", hello.toString())) {
            demo.awaitLine(line -> line.startsWith(moment));
            demo.interrupt();

            assertThat(demo.awaitExit()).isIn(130, 143);
            assertThat(demo.errors()).isEmpty();
        }
        nothingIsLeft();
    }

    @Test
    void withoutItsApplicationTheDemoSaysWhatIsMissing() {
        try (Child demo = Child.start(temporary, logs, "demo", "--hello", "/nowhere/hello.jar")) {
            assertThat(demo.awaitExit()).isEqualTo(2);
            assertThat(demo.errors()).contains("The demo's application is missing: /nowhere/hello.jar");
        }
    }

    @Test
    void theSelfCheckThatTrainsTheClassArchiveLeavesNothing() throws IOException {
        try (Child check = Child.start(temporary, logs, "self-check")) {
            assertThat(check.awaitExit()).as(check.errors()).isZero();
            assertThat(check.lines()).containsExactly("A server works here: 1 application.");
        }
        nothingIsLeft();
    }

    private void nothingIsLeft() throws IOException {
        String marker = "CHANGEORDER_DATA=" + temporary.toRealPath();
        assertThat(Child.withVariable(variable -> variable.startsWith(marker))).isEmpty();
        try (Stream<Path> left = Files.list(temporary)) {
            List<String> names = left.map(Path::toString).toList();
            assertThat(names).isEmpty();
        }
    }
}
