package io.changeorder.adapter.process.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The nodes that share a data folder: a file for each, which says which process it is in and is emptied when it closes in
 * order. Whether a node lives is only about who supervises what nobody asks for; nothing is unsafe when it is wrong.
 * Thread-safe.
 */
public final class Nodes implements AutoCloseable {
    private static final String HALF_MADE = ".new-";

    private final Path folder;
    private final String own;

    private Nodes(Path folder, String own) {
        this.folder = folder;
        this.own = own;
    }

    /** Begins to live as another node than ever before. */
    public static Nodes join(Path folder) throws IOException {
        Files.createDirectories(folder);
        long pid = ProcessHandle.current().pid();
        Nodes nodes = new Nodes(folder, pid + "-" + UUID.randomUUID().toString().replace("-", ""));
        nodes.write(ProcFs.identify(pid).map(ProcessId::toString).orElse("") + "\n" + ProcFs.boot());
        return nodes;
    }

    /** The name of this one. */
    public String own() {
        return own;
    }

    public boolean isAlive(String node) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve(node), StandardCharsets.UTF_8);
            return lines.size() == 2
                    && lines.get(1).equals(ProcFs.boot())
                    && ProcessId.parse(lines.get(0)).filter(ProcFs::isAlive).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** Those that have ended and whose end was not forgotten yet. */
    public List<String> ended() throws IOException {
        List<String> ended = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path each : all) {
                String name = each.getFileName().toString();
                if (!name.startsWith(HALF_MADE) && !isAlive(name)) {
                    ended.add(name);
                }
            }
        }
        return ended;
    }

    /** Nobody needs to know any more that there was such a node. */
    public void forget(String node) throws IOException {
        Files.deleteIfExists(folder.resolve(node));
    }

    @Override
    public void close() throws IOException {
        write("");
    }

    private void write(String content) throws IOException {
        Path fresh = folder.resolve(HALF_MADE + own);
        Files.writeString(fresh, content);
        Files.move(fresh, folder.resolve(own), StandardCopyOption.ATOMIC_MOVE);
    }
}
