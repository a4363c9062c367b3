package io.changeorder.adapter.process.proof;

import io.changeorder.adapter.process.files.ArtifactPins;
import io.changeorder.adapter.process.files.InstanceRecord;
import io.changeorder.adapter.process.launch.Launcher;
import io.changeorder.adapter.process.os.ProcFs;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a process runs, as far as /proc shows it. */
public final class Identities {
    private Identities() {}

    /** Absent when the process has ended or is not ours to look at. */
    public static Optional<InstanceRecord.Identity> of(long pid) {
        return ProcFs.executable(pid)
                .flatMap(executable -> ProcFs.commandLine(pid)
                        .flatMap(line -> ProcFs.environment(pid)
                                .map(environment -> new InstanceRecord.Identity(
                                        executable.toString(),
                                        digest(line),
                                        digest(ownVariables(environment).entrySet())))));
    }

    /** Less what a shell set by itself on the way. */
    public static Map<String, String> ownVariables(Map<String, String> environment) {
        Map<String, String> own = new TreeMap<>(environment);
        own.keySet().removeAll(Launcher.OF_THE_SHELL);
        return own;
    }

    private static String digest(Iterable<?> parts) {
        StringBuilder all = new StringBuilder();
        parts.forEach(part -> all.append(part).append('\0'));
        return ArtifactPins.digest(all.toString().getBytes(StandardCharsets.UTF_8));
    }
}
