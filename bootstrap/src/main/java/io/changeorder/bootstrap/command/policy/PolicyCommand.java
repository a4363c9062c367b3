package io.changeorder.bootstrap.command.policy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = "Look at policies, which say who may do what, and ask what they would answer.",
        subcommands = {PolicyCheckCommand.class, PolicyShowCommand.class, PolicyValidateCommand.class})
public final class PolicyCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
