package io.changeorder.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.adapter.persistence.FolderLock;
import io.changeorder.bootstrap.child.Child;
import io.changeorder.domain.id.NodeId;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderOwnershipTest {
    @TempDir
    Path data;

    @TempDir
    Path logs;

    @Test
    @Tag("kill")
    void anOwnerThatDoesNotEndIsKilled() {
        try (Child server = Child.start(logs, logs, "serve", "--data", data.toString(), "--port=0")) {
            server.awaitLine(line -> line.startsWith("Changeorder listens on "));
            server.freeze();

            try (FolderLock lock = FolderOwnership.acquire(data, new NodeId("another"), true, Duration.ofMillis(200))) {
                assertThat(server.awaitExit()).isEqualTo(137);
                assertThat(FolderLock.owner(lock.folder()).orElseThrow().node()).isEqualTo(new NodeId("another"));
            }
        }
    }

    @Test
    void aProcessNeverEndsItself() {
        try (FolderLock lock = FolderOwnership.acquire(data, new NodeId("first"), false)) {
            assertThatThrownBy(() -> FolderOwnership.acquire(lock.folder(), new NodeId("second"), true))
                    .isInstanceOf(StartException.class)
                    .hasMessage("This process itself owns the data folder already.");
        }
    }

    @Test
    void nobodyHasToBeEndedForAFolderThatIsFree() {
        try (FolderLock lock = FolderOwnership.acquire(data, new NodeId("first"), true)) {
            assertThat(lock.node()).isEqualTo(new NodeId("first"));
        }
    }
}
