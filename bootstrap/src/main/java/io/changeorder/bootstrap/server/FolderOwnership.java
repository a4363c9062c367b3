package io.changeorder.bootstrap.server;

import io.changeorder.adapter.persistence.DataFolderInUseException;
import io.changeorder.adapter.persistence.FolderLock;
import io.changeorder.domain.id.NodeId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Becomes the owner of a data folder, if need be by ending the present one. */
final class FolderOwnership {
    private static final Logger LOG = LoggerFactory.getLogger(FolderOwnership.class);

    /** Longer than a server takes to stop in order. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final Duration AFTER_KILL = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 3;

    private FolderOwnership() {}

    /**
     * Acquires the folder.
     *
     * @param takeOver whether to end the present owner: by SIGTERM first, by SIGKILL when it takes too long
     */
    static FolderLock acquire(Path folder, NodeId node, boolean takeOver) {
        return acquire(folder, node, takeOver, GRACE);
    }

    static FolderLock acquire(Path folder, NodeId node, boolean takeOver, Duration grace) {
        for (int attempt = 1; ; attempt++) {
            try {
                return FolderLock.acquire(folder, node);
            } catch (DataFolderInUseException inUse) {
                if (!takeOver) {
                    throw StartException.failed(inUse.getMessage() + " Or take it over with --take-over.", inUse);
                }
                if (attempt == ATTEMPTS) {
                    throw StartException.failed(
                            inUse.getMessage() + " It was ended, and yet somebody owns the folder again.", inUse);
                }
                end(inUse, grace);
            }
        }
    }

    private static void end(DataFolderInUseException inUse, Duration grace) {
        FolderLock.Owner owner = inUse.owner()
                .orElseThrow(() -> StartException.failed(inUse.getMessage() + " Try again in a moment.", inUse));
        ProcessHandle self = ProcessHandle.current();
        owner.process().ifPresent(process -> {
            if (process.equals(self)) {
                throw StartException.failed("This process itself owns the data folder already.", inUse);
            }
            LOG.warn("Ending the present owner of the data folder, {}", owner);
            process.destroy();
            if (!ends(process, grace)) {
                LOG.warn("It did not end within {}; killing it", grace);
                process.destroyForcibly();
                if (!ends(process, AFTER_KILL)) {
                    throw StartException.failed(inUse.getMessage() + " It can't be ended from here.", inUse);
                }
            }
        });
    }

    private static boolean ends(ProcessHandle process, Duration limit) {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException goesOn) {
            return false;
        } catch (ExecutionException unknowable) {
            return !process.isAlive();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
