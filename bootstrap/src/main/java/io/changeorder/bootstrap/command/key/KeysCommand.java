package io.changeorder.bootstrap.command.key;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description =
                "Access keys: who may sign requests. Works on the data folder or the --store itself, whether or not"
                        + " a server runs, which sees every change at once. From the first key on every request has to be"
                        + " signed.",
        subcommands = {
            CreateKeyCommand.class,
            ListKeysCommand.class,
            DisableKeyCommand.class,
            EnableKeyCommand.class,
            RotateKeyCommand.class,
            DeleteKeyCommand.class
        })
public final class KeysCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
