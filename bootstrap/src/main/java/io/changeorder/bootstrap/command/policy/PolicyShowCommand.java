package io.changeorder.bootstrap.command.policy;

import io.changeorder.adapter.access.policy.Policies;
import io.changeorder.bootstrap.command.ExitCode;
import io.changeorder.bootstrap.terminal.Printable;
import io.changeorder.bootstrap.terminal.Terminal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Print the document of a policy that every server knows, or their names.",
        exitCodeList = {" 0: done", " 1: there is none of this name", " 2: the command line can't be understood"})
final class PolicyShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Which one; all names without it.")
    private Optional<String> name = Optional.empty();

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(spec.commandLine().getOut());
        if (name.isEmpty()) {
            Policies.bundled().forEach(terminal::line);
            return ExitCode.DONE;
        }
        Optional<String> text = name.flatMap(Policies::text);
        text.map(String::stripTrailing).ifPresentOrElse(terminal::lines, () -> {
            spec.commandLine()
                    .getErr()
                    .println(Printable.line("There is no policy " + name.get() + "; there are "
                            + String.join(", ", Policies.bundled()) + "."));
            spec.commandLine().getErr().flush();
        });
        return text.isPresent() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
