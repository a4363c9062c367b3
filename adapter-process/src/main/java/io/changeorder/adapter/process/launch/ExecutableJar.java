package io.changeorder.adapter.process.launch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Looks whether {@code java -jar} can run a file, with little memory whatever the file says of itself. Of the entries
 * none but the manifest is unpacked.
 */
final class ExecutableJar {
    /** Enough for some hundred thousand entries. A reader has the whole directory in memory. */
    private static final long LARGEST_DIRECTORY = 64L << 20;

    private static final int LARGEST_MANIFEST = 16 << 20;

    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int END_64 = 0x06064b50;
    private static final int END_64_BYTES = 56;
    private static final int ENTRY_BYTES = 46;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int LONGEST_END = LOCATOR_BYTES + END_BYTES + LONGEST_COMMENT;
    /** Stands for a number that only the wider end has room for. */
    private static final long SEE_WIDER_END = 0xFFFF_FFFFL;

    private ExecutableJar() {}

    /** Why it can't be run, as the end of a sentence that begins with the file. */
    static Optional<String> whyNot(Path file) {
        try {
            requireSmallDirectory(file);
            return hasMainClass(file)
                    ? Optional.empty()
                    : Optional.of("is a jar without a Main-Class: make it executable, or give a Command");
        } catch (IOException e) {
            return Optional.of("is not a jar (" + e.getMessage() + ")");
        }
    }

    private static boolean hasMainClass(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            Optional<JarEntry> entry = jar.stream()
                    .filter(each -> each.getName().equalsIgnoreCase(JarFile.MANIFEST_NAME))
                    .findFirst();
            return entry.isPresent()
                    && manifest(jar, entry.get()).getMainAttributes().containsKey(Attributes.Name.MAIN_CLASS);
        }
    }

    private static Manifest manifest(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(LARGEST_MANIFEST + 1);
            if (bytes.length > LARGEST_MANIFEST) {
                throw new IOException("its manifest is larger than " + LARGEST_MANIFEST + " bytes");
            }
            return new Manifest(new ByteArrayInputStream(bytes));
        }
    }

    /**
     * The JDK makes room for what the end of a file promises, so that 200 bytes could ask for all the memory there is.
     * Which end it takes for the real one is its affair: none may promise too much.
     */
    private static void requireSmallDirectory(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long from = Math.max(0, channel.size() - LONGEST_END);
            ByteBuffer tail = read(channel, from, LONGEST_END);
            for (int at = 0; at + END_BYTES <= tail.limit(); at++) {
                if (tail.getInt(at) == END) {
                    requireSmallDirectory(channel, tail, at);
                }
            }
        }
    }

    private static void requireSmallDirectory(FileChannel channel, ByteBuffer tail, int end) throws IOException {
        long entries = Short.toUnsignedLong(tail.getShort(end + 10));
        long bytes = Integer.toUnsignedLong(tail.getInt(end + 12));
        boolean isWide = requireSmallWiderEnd(channel, tail, end - LOCATOR_BYTES);
        if (bytes > LARGEST_DIRECTORY && !(isWide && bytes == SEE_WIDER_END)) {
            throw promises(entries, bytes);
        }
    }

    private static boolean requireSmallWiderEnd(FileChannel channel, ByteBuffer tail, int locator) throws IOException {
        if (locator < 0 || tail.getInt(locator) != LOCATOR) {
            return false;
        }
        ByteBuffer wide = read(channel, tail.getLong(locator + 8), END_64_BYTES);
        if (wide.limit() < END_64_BYTES || wide.getInt(0) != END_64) {
            return false;
        }
        long entries = wide.getLong(32);
        long bytes = wide.getLong(40);
        if (bytes < 0 || bytes > LARGEST_DIRECTORY || entries < 0 || entries > bytes / ENTRY_BYTES) {
            throw promises(entries, bytes);
        }
        return true;
    }

    private static IOException promises(long entries, long bytes) {
        return new IOException("its directory promises " + entries + " entries in " + bytes + " bytes");
    }

    private static ByteBuffer read(FileChannel channel, long from, int atMost) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(atMost).order(ByteOrder.LITTLE_ENDIAN);
        long at = from;
        while (from >= 0 && buffer.hasRemaining()) {
            int read = channel.read(buffer, at);
            if (read < 0) {
                break;
            }
            at += read;
        }
        return buffer.flip();
    }
}
