package io.changeorder.adapter.process.files;

import io.changeorder.adapter.process.os.ProcessId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One run of one instance on disk: the script that starts it, and the claim by which the script and a raised fence
 * decide between them, once and for all, whether this run comes about. The claim is a file that whoever is first makes:
 * the script by linking its own pid and start time there, right before it becomes the program; the runtime by an empty
 * file, after which the script can only give up. So neither ever waits for the other, and a node that froze in between
 * is too late when it wakes up.
 *
 * @param path may not exist
 */
public record RunFolder(Path path) {
    /** How the claim was decided. */
    public enum Claim {
        OPEN,
        TAKEN,
        REFUSED
    }

    public Path script() {
        return path.resolve("start.sh");
    }

    /** Where the script writes who it is before it claims the run. */
    public Path self() {
        return path.resolve("self");
    }

    public Path claimFile() {
        return path.resolve("claim");
    }

    public void make(String script) throws IOException {
        DurableFiles.remove(path);
        DurableFiles.makeFolder(path);
        DurableFiles.replace(script(), script.getBytes(StandardCharsets.UTF_8), false);
    }

    public void remove() throws IOException {
        DurableFiles.remove(path);
    }

    /** The process that took the run. */
    public Optional<ProcessId> taker() throws IOException {
        try {
            return ProcessId.parse(Files.readString(claimFile(), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    public Claim claim() throws IOException {
        if (!Files.exists(claimFile())) {
            return Claim.OPEN;
        }
        return taker().isPresent() ? Claim.TAKEN : Claim.REFUSED;
    }

    /** Sees to it that the run does not come about, unless it has already. */
    public Claim refuse() throws IOException {
        try {
            Files.createFile(claimFile());
            return Claim.REFUSED;
        } catch (FileAlreadyExistsException e) {
            return claim();
        } catch (NoSuchFileException e) {
            // Without a folder there is no script, and none can be made here again under this number by anybody else.
            return Claim.REFUSED;
        }
    }
}
