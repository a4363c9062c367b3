package io.changeorder.bootstrap.demo;

import io.changeorder.bootstrap.client.Credentials;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.command.ExitCode;
import io.changeorder.bootstrap.command.FromEnvironment;
import io.changeorder.bootstrap.logging.LogConfiguration;
import io.changeorder.bootstrap.logging.LogLevel;
import io.changeorder.bootstrap.server.ChangeorderServer;
import io.changeorder.bootstrap.terminal.Printable;
import io.changeorder.bootstrap.terminal.Terminal;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Show the main job on real processes, in a temporary folder: deploy, abort and roll back, prove"
                + " that everything is as before; then a deployment that fails and is rolled back by itself. Takes less"
                + " than a minute and leaves no process and no file behind, also when interrupted.",
        exitCodeList = {" 0: everything was as promised", " 1: something was not; it says what was expected"})
public final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--hello", hidden = true, description = "The jar of the application; beside our own by default.")
    private Optional<Path> hello = Optional.empty();

    @FromEnvironment
    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "error",
            description = "What is logged to standard error: ${COMPLETION-CANDIDATES}. error by default.")
    private LogLevel logLevel = LogLevel.ERROR;

    @Override
    public Integer call() throws InterruptedException {
        LogConfiguration.setLevel(logLevel);
        Path jar = helloJar();
        Terminal terminal = Terminal.of(spec.commandLine().getOut());
        DemoWorld world = DemoWorld.untilExit();
        long from = System.nanoTime();
        try {
            ChangeorderServer server = world.start();
            terminal.line("Changeorder listens on " + server.address() + ", data in " + server.folder()
                    + " for as long as this takes.");
            WireClient client = new WireClient(server.address(), new Credentials("demo", "unsigned"));
            new Demo(terminal, client, new HelloProcesses(server.folder()), jar).run();
        } catch (RuntimeException failed) {
            if (world.isClosed()) {
                // Somebody interrupted the demo; what fails because of that says nothing.
                return ExitCode.FAILED;
            }
            if (failed instanceof DemoFailedException) {
                spec.commandLine().getErr().println(Printable.lines(String.valueOf(failed.getMessage())));
                return ExitCode.FAILED;
            }
            throw failed;
        } finally {
            world.close();
        }
        terminal.line("");
        terminal.line("Everything was as promised, in " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - from)
                + " s. No process and no file is left.");
        return ExitCode.DONE;
    }

    private Path helloJar() {
        Path jar = hello.orElseGet(DemoCommand::besideOurs).toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The demo's application is missing: " + jar + ". \"./mvnw package\" builds it.");
        }
        return jar;
    }

    private static Path besideOurs() {
        try {
            return Path.of(DemoCommand.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolveSibling("hello.jar");
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
