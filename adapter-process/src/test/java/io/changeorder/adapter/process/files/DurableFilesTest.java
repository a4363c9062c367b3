package io.changeorder.adapter.process.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
    @TempDir
    Path folder;

    @Test
    void aFolderIsRemovedWithAllThatIsInIt() throws IOException {
        Path run = Files.createDirectories(folder.resolve("run-1/deep"));
        Files.writeString(run.resolve("claim"), "");
        DurableFiles.remove(folder.resolve("run-1"));
        DurableFiles.remove(folder.resolve("never-there"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aRefusedRunStaysRefusedForALauncherThatIsLate() throws IOException {
        RunFolder run = new RunFolder(folder.resolve("run-1"));
        run.make("exit 0");
        assertThat(run.refuse()).isEqualTo(RunFolder.Claim.REFUSED);
        run.remove();
        assertThat(run.path()).doesNotExist();
        assertThat(run.refuse()).isEqualTo(RunFolder.Claim.REFUSED);
        assertThat(run.path()).as("no room for a claim").doesNotExist();
    }

    @Test
    void whatAnInterruptedRemovalLeftIsSweptAndIsNoInstance() throws IOException {
        Files.createDirectories(folder.resolve(DurableFiles.GONE + "018f4c3e-1a/run-1"));
        DurableFiles.sweep(folder);
        assertThat(folder).isEmptyDirectory();
    }
}
