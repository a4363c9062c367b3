package io.changeorder.bootstrap.command.server;

import io.changeorder.adapter.persistence.postgres.PostgresServer;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.bootstrap.command.DataFolder;
import io.changeorder.bootstrap.command.ExitCode;
import io.changeorder.bootstrap.command.FromEnvironment;
import io.changeorder.bootstrap.command.KeyFileOption;
import io.changeorder.bootstrap.logging.LogConfiguration;
import io.changeorder.bootstrap.logging.LogLevel;
import io.changeorder.bootstrap.server.ChangeorderServer;
import io.changeorder.bootstrap.server.ServerSettings;
import io.changeorder.bootstrap.terminal.Printable;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Run a server until SIGTERM or Ctrl-C; then it stops in order: running requests are finished,"
                + " and the processes of applications go on and are adopted by the next server on the folder.",
        exitCodeList = {
            " 1: it could not be started",
            " 2: the command line, the host or the policy file can't be used",
            "143: it was ended by SIGTERM, in order (130 by Ctrl-C)"
        },
        footer = {
            "",
            "Each option can be given by the environment as well: --max-replicas as CHANGEORDER_MAX_REPLICAS, --data as"
                    + " CHANGEORDER_DATA, and so on; switches take true or false. What is given on the command line"
                    + " wins."
        })
public final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataFolder data = new DataFolder();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private KeyFileOption keyFile = new KeyFileOption();

    @Mixin
    private ListenOptions listen = new ListenOptions();

    @FromEnvironment
    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "In which the times of orders are told, such as Asia/Shanghai. UTC by default.")
    private ZoneId zone = ZoneId.of("UTC");

    @FromEnvironment
    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "A JSON object from access key id, or * for everybody, to a policy: the name of one that"
                    + " \"changeorder policy show\" lists, or a document of RAM's shape. Then nobody may do what no"
                    + " policy allows; without it everybody may do everything.")
    private Optional<Path> policy = Optional.empty();

    @FromEnvironment
    @Option(
            names = "--artifacts",
            paramLabel = "DIR",
            split = ":",
            description = "Where the packages of applications have to be, or below it; may be repeated. By default"
                    + " anywhere on this machine but in the data folder.")
    private List<Path> artifacts = List.of();

    @FromEnvironment
    @Option(
            names = "--max-replicas",
            paramLabel = "N",
            defaultValue = "1000",
            description = "The most instances of an application. 1000 by default.")
    private int maxReplicas;

    @FromEnvironment
    @Option(
            names = "--instance-ready-seconds",
            paramLabel = "N",
            defaultValue = "600",
            description = "An instance that is not ready after so many seconds has failed, unless its application says"
                    + " otherwise. 600 by default.")
    private int instanceReadySeconds;

    @FromEnvironment
    @Option(
            names = "--refuse-rolled-back-versions",
            description = "Refuse to deploy a version that a person had rolled back, unless by force.")
    private boolean refuseRolledBackVersions;

    @FromEnvironment
    @Option(
            names = "--lease-seconds",
            paramLabel = "N",
            defaultValue = "15",
            description = "After so many seconds without a sign of a node the others take over what it drives. 15 by"
                    + " default.")
    private int leaseSeconds;

    @FromEnvironment
    @Option(
            names = "--retention-days",
            paramLabel = "N",
            defaultValue = "90",
            description = "Ended orders are kept for so many days, and longer where a rollback may need them. 90 by"
                    + " default.")
    private int retentionDays;

    @FromEnvironment
    @Option(
            names = "--take-over",
            description =
                    "End the present owner of the data folder first: by SIGTERM, and by SIGKILL if it takes longer"
                            + " than 30 s.")
    private boolean takeOver;

    @FromEnvironment
    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "info",
            description = "What is logged to standard error: ${COMPLETION-CANDIDATES}. info by default.")
    private LogLevel logLevel = LogLevel.INFO;

    @Override
    public Integer call() throws InterruptedException {
        LogConfiguration.setLevel(logLevel);
        ChangeorderServer server = ChangeorderServer.start(settings());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            stopped.countDown();
                        },
                        "changeorder-stop"));
        PrintWriter out = spec.commandLine().getOut();
        out.println(Printable.line("Changeorder listens on " + server.address() + ", data in " + server.folder() + ", "
                + server.admission() + "."));
        out.flush();
        stopped.await();
        return ExitCode.DONE;
    }

    private ServerSettings settings() {
        require(maxReplicas >= 1, "--max-replicas is 1 or more");
        require(instanceReadySeconds >= 1, "--instance-ready-seconds is 1 or more");
        require(retentionDays >= 1, "--retention-days is 1 or more");
        require(leaseSeconds >= 1, "--lease-seconds is 1 or more");
        for (Path folder : artifacts) {
            require(Files.isDirectory(folder), "--artifacts " + folder + " is no folder");
        }
        Optional<PostgresServer> database = store.database();
        require(
                !takeOver || database.isEmpty(),
                "--take-over is for a data folder with one owner; nodes over one --store share it");
        EngineOptions defaults = EngineOptions.DEFAULT;
        EngineOptions engine = defaults.withMaxReplicas(maxReplicas)
                .withTiming(defaults.timing().withInstanceReady(Duration.ofSeconds(instanceReadySeconds)))
                .withRefuseRolledBackVersions(refuseRolledBackVersions)
                .withLease(Duration.ofSeconds(leaseSeconds))
                .withRetention(Duration.ofDays(retentionDays));
        return new ServerSettings(
                data.path(),
                listen.listening(),
                zone,
                policy,
                engine,
                takeOver,
                database,
                keyFile.path(data.path()),
                new ServerSettings.Packages(artifacts, store.secrets().stream().toList()));
    }

    private void require(boolean so, String what) {
        if (!so) {
            throw new ParameterException(spec.commandLine(), what);
        }
    }
}
