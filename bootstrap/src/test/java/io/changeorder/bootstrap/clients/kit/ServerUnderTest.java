package io.changeorder.bootstrap.clients.kit;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.bootstrap.server.ChangeorderServer;
import io.changeorder.bootstrap.server.Listening;
import io.changeorder.bootstrap.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One server for the tests of a class, with its store, its runtime and the processes that it starts in a temporary
 * folder. Afterwards every process is ended and the folder is gone. Signatures are not enforced yet, so any secret does;
 * what a key may is told by a policy.
 */
public final class ServerUnderTest implements BeforeAllCallback, AfterAllCallback {
    /** May everything. */
    public static final String KEY = "testAK";

    /** May nothing. */
    public static final String DENIED_KEY = "deniedAK";

    private static final String POLICY = """
            {"*": "FullAccess",
             "deniedAK": {"Version": "1", "Statement": [{"Effect": "Deny", "Action": "sae:*", "Resource": "*"}]}}""";

    private Optional<ChangeorderServer> server = Optional.empty();
    private Path folder = Path.of("");
    private Path hello = Path.of("");

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("changeorder-clients-").toRealPath();
        Path policy = Files.writeString(folder.resolve("policy.json"), POLICY);
        hello = HelloJar.in(folder);
        server = Optional.of(ChangeorderServer.start(new ServerSettings(
                folder.resolve("data"),
                Listening.onLoopback(0),
                ZoneOffset.UTC,
                Optional.of(policy),
                EngineOptions.DEFAULT,
                false,
                Optional.empty())));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        server.ifPresent(ChangeorderServer::close);
        List<ProcessHandle> processes = processes();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
        MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }

    /** Host and port, as the clients want it. */
    public String endpoint() {
        return server.orElseThrow().address().getAuthority();
    }

    /** Where the program to deploy is. */
    public String packageUrl() {
        return hello.toUri().toString();
    }

    /** A file for a test, not there yet. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** The processes that run out of our folder: instances run the jar that the runtime pinned there. */
    private List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder.resolve("data") + "/"))
                .toList();
    }
}
