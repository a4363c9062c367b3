package io.changeorder.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.id.NodeId;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
    private static final NodeId NODE = OrderBuilder.NODE;

    @TempDir
    private Path folder;

    @Test
    void aFolderIsMadeAndNamesItsOwner() {
        Path deeper = folder.resolve("a/b");
        try (FolderLock lock = FolderLock.acquire(deeper, NODE)) {
            FolderLock.Owner owner = FolderLock.owner(lock.folder()).orElseThrow();
            assertThat(owner.pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(owner.node()).isEqualTo(NODE);
            assertThat(owner.process()).contains(ProcessHandle.current());
        }
    }

    @Test
    void aSecondOwnerInTheSameProcessIsRefusedAndTheFirstStaysOwner() throws Exception {
        try (FolderLock lock = FolderLock.acquire(folder, NODE)) {
            for (int attempt = 0; attempt < 2; attempt++) {
                DataFolderInUseException refused = catchThrowableOfType(
                        DataFolderInUseException.class,
                        () -> FolderLock.acquire(folder.resolve("../" + folder.getFileName()), new NodeId("second")));
                assertThat(refused.owner()).isEqualTo(FolderLock.owner(folder));
                assertThat(refused)
                        .hasMessageContaining(
                                Long.toString(ProcessHandle.current().pid()))
                        .hasMessageContaining(NODE.value());
            }
            assertThat(Child.run(FolderLockTest.class, folder.toString())).startsWith("refused");
            assertThat(lock.node()).isEqualTo(NODE);
        }
    }

    @Test
    void anotherProcessIsRefusedAndToldWhoTheOwnerIs() throws Exception {
        try (FolderLock lock = FolderLock.acquire(folder, NODE)) {
            assertThat(Child.run(FolderLockTest.class, lock.folder().toString()))
                    .startsWith("refused")
                    .contains("process " + ProcessHandle.current().pid() + " (node " + NODE);
        }
        assertThat(Child.run(FolderLockTest.class, folder.toString())).startsWith("owner");
    }

    @Test
    void theFolderOfAnOwnerThatWasKilledIsFree() throws Exception {
        try (Child child = Child.start(FolderLockTest.class, folder.toString(), "stay")) {
            assertThat(child.line()).startsWith("owner");
            FolderLock.Owner owner = FolderLock.owner(folder).orElseThrow();
            assertThat(owner.process().map(ProcessHandle::pid)).contains(child.pid());
            assertThatThrownBy(() -> FolderLock.acquire(folder, NODE))
                    .isInstanceOf(DataFolderInUseException.class)
                    .hasMessageContaining("process " + child.pid());
            child.kill();
            assertThat(FolderLock.owner(folder)).contains(owner);
            assertThat(owner.process()).isEmpty();
        }
        FolderLock.acquire(folder, NODE).close();
    }

    @Test
    void aFolderThatWasGivenUpIsFreeAndHasNoOwner() {
        FolderLock lock = FolderLock.acquire(folder, NODE);
        lock.close();
        lock.close();
        assertThat(FolderLock.owner(folder)).isEmpty();
        FolderLock.acquire(folder, NODE).close();
    }

    @Test
    void anIllegibleOwnerIsNone() throws Exception {
        for (String text : new String[] {"", "pid=", "pid=1\nstartedAt=never\nnode=n", "\\u00", "pid=1"}) {
            Files.writeString(folder.resolve("changeorder.owner"), text);
            assertThat(FolderLock.owner(folder)).isEmpty();
        }
        FolderLock.acquire(folder, NODE).close();
    }

    @Test
    void aPlaceThatCantBeWrittenIsRefusedWithAdvice() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Path impossible : new Path[] {file, file.resolve("below"), Path.of("/proc/changeorder")}) {
            assertThatThrownBy(() -> FolderLock.acquire(impossible, NODE))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(impossible.toString())
                    .hasMessageContaining("Make it writable");
        }
    }

    /** The other process. */
    public static void main(String[] arguments) throws Exception {
        try (FolderLock lock = FolderLock.acquire(Path.of(arguments[0]), new NodeId("child"))) {
            System.out.println("owner of " + lock.folder());
            if (arguments.length > 1) {
                // Until it is killed, or its parent is gone.
                System.in.read();
            }
        } catch (DataFolderInUseException inUse) {
            System.out.println("refused: " + inUse.getMessage());
        }
    }
}
