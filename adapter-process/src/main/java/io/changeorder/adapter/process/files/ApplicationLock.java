package io.changeorder.adapter.process.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One at a time changes an application: one thread here, and one engine on this host. The lock of a process that ends is
 * let go by the operating system, that of a frozen one is not, so nobody acts on what the frozen one has half done.
 */
public final class ApplicationLock implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Path file;
    private final ReentrantLock here = new ReentrantLock();
    private Optional<FileChannel> channel = Optional.empty();
    private Optional<FileLock> held = Optional.empty();

    ApplicationLock(Path file) {
        this.file = file;
    }

    /** Whether the lock was got within the limit. Its folder must exist. */
    public boolean acquire(Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        if (!acquireHere(limit)) {
            return false;
        }
        boolean acquired = false;
        try {
            acquired = acquireFile(deadline);
            return acquired;
        } finally {
            if (!acquired) {
                here.unlock();
            }
        }
    }

    private boolean acquireHere(Duration limit) {
        try {
            return here.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean acquireFile(long deadline) throws IOException {
        if (channel.isEmpty()) {
            channel = Optional.of(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        }
        held = tryFile(channel.get());
        while (held.isEmpty()
                && System.nanoTime() < deadline
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, PAUSE_NANOS);
            held = tryFile(channel.get());
        }
        return held.isPresent();
    }

    private static Optional<FileLock> tryFile(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            // Another runtime of this very JVM has it.
            return Optional.empty();
        }
    }

    public void release() throws IOException {
        try {
            if (held.isPresent()) {
                held.get().release();
            }
        } finally {
            held = Optional.empty();
            here.unlock();
        }
    }

    /** Closes the file, which would let go of the lock: only when nobody holds it. */
    @Override
    public void close() throws IOException {
        here.lock();
        try {
            if (channel.isPresent()) {
                channel.get().close();
                channel = Optional.empty();
            }
        } finally {
            here.unlock();
        }
    }
}
