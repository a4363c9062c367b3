package io.changeorder.bootstrap.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.process.ProcessRuntime;
import io.changeorder.domain.plan.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what runs. */
class ReadmeTest {
    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final Path ROOT = MODULE.endsWith("bootstrap") ? MODULE.getParent() : MODULE;

    @Test
    void theExampleRunsAndProvesTheRestoration(@TempDir Path folder) throws IOException {
        try {
            Proof proof = ReadmeExample.run(folder);
            assertThat(proof.holds()).isTrue();
            assertThat(proof.evidence()).isNotEmpty();
        } finally {
            try (ProcessRuntime runtime = ProcessRuntime.in(folder).open()) {
                assertThat(runtime.endAll(Duration.ofSeconds(30))).isTrue();
            }
        }
    }

    @Test
    void theExampleIsTheOneThatRuns() throws IOException {
        String source = Files.readString(
                ROOT.resolve("bootstrap/src/test/java/io/changeorder/bootstrap/readme/ReadmeExample.java"));
        String example = between(source, "        // example-begin\n", "        // example-end")
                .indent(-8);
        assertThat(between(readme(), "```java\n", "```")).isEqualTo(example);
    }

    @Test
    void theDiagramIsTheOneOfTheTable() throws IOException {
        String states = Files.readString(ROOT.resolve("docs/change-order-states.md"));
        assertThat(between(readme(), "```mermaid\n", "```")).isEqualTo(between(states, "```mermaid\n", "```"));
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        assertThat(text).contains(begin);
        return text.substring(from, text.indexOf(end, from));
    }
}
