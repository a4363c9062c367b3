package io.changeorder.adapter.process.files;

import io.changeorder.domain.id.Fence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * The newest fence that was seen for an application, where the launcher script finds it: one line of twenty digits. It
 * is written over in place, since a write within one block is seen whole or not at all and costs one flush, where a new
 * file and its name would cost two; whoever aborts an order waits for it.
 */
final class FenceFile {
    private final Path file;

    FenceFile(Path file) {
        this.file = file;
    }

    Path path() {
        return file;
    }

    /** Zero when none was seen. */
    Fence read() throws IOException {
        String line;
        try {
            line = Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (NoSuchFileException e) {
            return Fence.ZERO;
        }
        try {
            return new Fence(Long.parseLong(line));
        } catch (NumberFormatException e) {
            throw new IOException("not a fence in " + file + ": " + line, e);
        }
    }

    void write(Fence fence) throws IOException {
        byte[] line = String.format(Locale.ROOT, "%020d%n", fence.value()).getBytes(StandardCharsets.US_ASCII);
        if (!Files.exists(file)) {
            DurableFiles.replace(file, line, true);
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(line);
            while (buffer.hasRemaining()) {
                channel.write(buffer, buffer.position());
            }
            channel.force(false);
        }
    }
}
