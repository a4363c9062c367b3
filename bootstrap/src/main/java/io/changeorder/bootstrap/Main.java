package io.changeorder.bootstrap;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's entry point. */
@Command(
        name = "changeorder",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Change orders for deployments: batches, confirmation, abort and rollback.")
public final class Main implements Runnable {

    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
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
