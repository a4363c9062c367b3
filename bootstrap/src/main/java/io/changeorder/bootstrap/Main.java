package io.changeorder.bootstrap;

import io.changeorder.bootstrap.command.EnvironmentDefaults;
import io.changeorder.bootstrap.command.ExitCode;
import io.changeorder.bootstrap.command.Failures;
import io.changeorder.bootstrap.command.app.AppsCommand;
import io.changeorder.bootstrap.command.app.CreateCommand;
import io.changeorder.bootstrap.command.app.DeleteCommand;
import io.changeorder.bootstrap.command.app.DeployCommand;
import io.changeorder.bootstrap.command.app.RestoreCommand;
import io.changeorder.bootstrap.command.app.VersionsCommand;
import io.changeorder.bootstrap.command.order.AbortAndRollbackCommand;
import io.changeorder.bootstrap.command.order.AbortCommand;
import io.changeorder.bootstrap.command.order.ConfirmCommand;
import io.changeorder.bootstrap.command.order.OrderCommand;
import io.changeorder.bootstrap.command.order.OrdersCommand;
import io.changeorder.bootstrap.command.order.RetryCommand;
import io.changeorder.bootstrap.command.order.WaitCommand;
import io.changeorder.bootstrap.command.order.WatchCommand;
import io.changeorder.bootstrap.command.running.RescaleCommand;
import io.changeorder.bootstrap.command.running.RestartCommand;
import io.changeorder.bootstrap.command.running.StartCommand;
import io.changeorder.bootstrap.command.running.StopCommand;
import io.changeorder.bootstrap.command.server.AuditCommand;
import io.changeorder.bootstrap.command.server.MaintenanceCommand;
import io.changeorder.bootstrap.command.server.ServeCommand;
import io.changeorder.bootstrap.demo.DemoCommand;
import io.changeorder.bootstrap.demo.SelfCheckCommand;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Spec;

/** The command line's entry point. */
@Command(
        name = "changeorder",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Change orders for deployments: batches, confirmation, abort and rollback.",
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            AppsCommand.class,
            CreateCommand.class,
            DeployCommand.class,
            RescaleCommand.class,
            RestartCommand.class,
            StartCommand.class,
            StopCommand.class,
            DeleteCommand.class,
            RestoreCommand.class,
            VersionsCommand.class,
            OrdersCommand.class,
            OrderCommand.class,
            WatchCommand.class,
            WaitCommand.class,
            ConfirmCommand.class,
            RetryCommand.class,
            AbortCommand.class,
            AbortAndRollbackCommand.class,
            MaintenanceCommand.class,
            AuditCommand.class,
            SelfCheckCommand.class
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine(System.getenv()).execute(args));
    }

    /** The whole command line, with options that may come from this environment. */
    static CommandLine commandLine(Map<String, String> environment) {
        Failures failures = new Failures();
        CommandLine line = new CommandLine(new Main())
                .setDefaultValueProvider(new EnvironmentDefaults(environment))
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures)
                .setCaseInsensitiveEnumValuesAllowed(true);
        line.getSubcommands().values().forEach(Main::describe);
        return line;
    }

    private static void describe(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.optionListHeading("%nOptions:%n").exitCodeListHeading("%nExit codes:%n");
        if (usage.exitCodeList().isEmpty()) {
            usage.exitCodeList(ExitCode.HELP);
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Reads the version from the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"changeorder " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
