package io.changeorder.adapter.process.launch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Finds an entry of a zip file by the file's directory, one header at a time. The JDK makes room for all of a directory
 * and for as many entries as it promises, so that 200 bytes could ask for all the memory there is.
 */
final class ZipEntries {
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int END_64 = 0x06064b50;
    private static final int END_64_BYTES = 56;

    private final FileChannel file;

    ZipEntries(FileChannel file) {
        this.file = file;
    }

    /**
     * Where the directory is.
     *
     * @param prefix how much was put before the zip file, a script that starts it for instance
     */
    private record Directory(long start, long prefix) {}

    /** The bytes of an entry, unpacked; in names capitals don't count. */
    Optional<InputStream> find(String name) throws IOException {
        Directory directory = directory();
        InputStream in = from(directory.start());
        ByteBuffer header = littleEndian(in.readNBytes(ENTRY_BYTES));
        while (header.limit() == ENTRY_BYTES && header.getInt(0) == ENTRY) {
            byte[] found = in.readNBytes(unsigned(header.getShort(28)));
            if (new String(found, StandardCharsets.UTF_8).equalsIgnoreCase(name)) {
                return Optional.of(unpacked(directory.prefix() + Integer.toUnsignedLong(header.getInt(42))));
            }
            in.readNBytes(unsigned(header.getShort(30)) + unsigned(header.getShort(32)));
            header = littleEndian(in.readNBytes(ENTRY_BYTES));
        }
        return Optional.empty();
    }

    private InputStream unpacked(long position) throws IOException {
        ZipInputStream in = new ZipInputStream(from(position));
        try {
            if (in.getNextEntry() != null) {
                return in;
            }
        } catch (IllegalArgumentException | ZipException malformed) {
            // Of a name that is no text the JDKs say the one or the other.
            throw new ZipException("an entry can't be read: " + malformed.getMessage());
        }
        throw new ZipException("an entry is not where its directory says");
    }

    private Directory directory() throws IOException {
        long from = Math.max(0, file.size() - END_BYTES - LONGEST_COMMENT);
        ByteBuffer tail = read(from, END_BYTES + LONGEST_COMMENT);
        for (int at = tail.limit() - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END) {
                Optional<Directory> wide = wideBefore(from + at);
                Optional<Directory> found = wide.isPresent()
                        ? wide
                        : before(
                                from + at,
                                Integer.toUnsignedLong(tail.getInt(at + 12)),
                                Integer.toUnsignedLong(tail.getInt(at + 16)));
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        throw new ZipException("it has no directory");
    }

    /** The directory of a file that has more, or more in it, than the fields of a plain end can say. */
    private Optional<Directory> wideBefore(long end) throws IOException {
        ByteBuffer locator = read(end - LOCATOR_BYTES, LOCATOR_BYTES);
        if (locator.limit() < LOCATOR_BYTES || locator.getInt(0) != LOCATOR) {
            return Optional.empty();
        }
        ByteBuffer wide = read(locator.getLong(8), END_64_BYTES);
        return wide.limit() == END_64_BYTES && wide.getInt(0) == END_64
                ? before(locator.getLong(8), wide.getLong(40), wide.getLong(48))
                : Optional.empty();
    }

    private Optional<Directory> before(long end, long bytes, long offset) throws IOException {
        long start = end - bytes;
        ByteBuffer first = read(start, Integer.BYTES);
        return offset >= 0 && offset <= start && first.limit() == Integer.BYTES && first.getInt(0) == ENTRY
                ? Optional.of(new Directory(start, start - offset))
                : Optional.empty();
    }

    private InputStream from(long position) throws IOException {
        return new BufferedInputStream(Channels.newInputStream(file.position(position)));
    }

    /** Less when the file ends before; nothing of what is before its beginning. */
    private ByteBuffer read(long from, int atMost) throws IOException {
        ByteBuffer buffer = littleEndian(new byte[atMost]);
        long at = from;
        while (from >= 0 && buffer.hasRemaining()) {
            int read = file.read(buffer, at);
            if (read < 0) {
                break;
            }
            at += read;
        }
        return buffer.flip();
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int unsigned(short value) {
        return Short.toUnsignedInt(value);
    }
}
