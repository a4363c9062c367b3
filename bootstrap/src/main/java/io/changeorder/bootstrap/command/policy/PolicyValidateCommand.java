package io.changeorder.bootstrap.command.policy;

import io.changeorder.adapter.access.policy.PolicyDocument;
import io.changeorder.adapter.access.policy.PolicyException;
import io.changeorder.bootstrap.command.ExitCode;
import io.changeorder.bootstrap.terminal.Printable;
import io.changeorder.bootstrap.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Tell whether a document can be a policy, or the place in it that is wrong.",
        exitCodeList = {
            " 0: it can; standard error says what is odd about it",
            " 1: it can't; standard error says where and why",
            " 2: the command line can't be understood"
        })
final class PolicyValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The document.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            PolicyDocument document = PolicyDocument.parse(Files.readString(file));
            document.warnings().forEach(warning -> err.println(Printable.line("Warning: " + warning)));
            Terminal.of(spec.commandLine().getOut()).line(file + " can be a policy.");
            return ExitCode.DONE;
        } catch (IOException unreadable) {
            throw new ParameterException(spec.commandLine(), file + " can't be read: " + unreadable, unreadable);
        } catch (PolicyException unusable) {
            err.println(Printable.line(file + ": " + unusable.getMessage()));
            return ExitCode.FAILED;
        } finally {
            err.flush();
        }
    }
}
