package io.changeorder.adapter.process.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactSourcesTest {
    private final ArtifactSources sources = new ArtifactSources(List.of(), List.of());

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("app.jar"), "as it was");
    }

    @Test
    void aFileIsReadAsItIs() throws Exception {
        String read = sources.read(file.toString(), (named, bytes) -> {
            ByteBuffer buffer = ByteBuffer.allocate(100);
            assertThat(bytes.read(buffer)).isEqualTo("as it was".length());
            return named.toString();
        });
        assertThat(read).isEqualTo(file.toString());
    }

    @Test
    void aFileThatGrowsWhileItIsReadIsRefused() {
        assertChanged(() -> Files.writeString(file, " and more", StandardOpenOption.APPEND));
    }

    @Test
    void aFileThatIsReplacedWhileItIsReadIsRefused() {
        assertChanged(() -> {
            Path other = Files.writeString(folder.resolve("other"), "as it is!");
            Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
            Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
        });
    }

    private interface Change {
        void make() throws IOException;
    }

    private void assertChanged(Change change) {
        assertThatExceptionOfType(ArtifactPins.Unpinnable.class)
                .isThrownBy(() -> sources.read(file.toString(), (named, bytes) -> {
                    change.make();
                    return "";
                }))
                .withMessageContaining("was changed while it was copied");
    }
}
