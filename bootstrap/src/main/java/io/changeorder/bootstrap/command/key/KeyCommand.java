package io.changeorder.bootstrap.command.key;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.adapter.access.key.KeyDesk;
import io.changeorder.application.spi.access.AccessStore;
import io.changeorder.bootstrap.command.DataFolder;
import io.changeorder.bootstrap.command.ExitCode;
import io.changeorder.bootstrap.command.server.StoreOptions;
import io.changeorder.bootstrap.server.AccessStores;
import io.changeorder.bootstrap.terminal.Printable;
import io.changeorder.bootstrap.terminal.Terminal;
import io.changeorder.domain.id.Actor;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Does something with the keys in a database. What it prints on standard output is its result, and nothing else is. */
@Command(
        mixinStandardHelpOptions = true,
        exitCodeList = {
            " 0: done",
            " 1: it could not be done; standard error says why and what to do",
            " 2: the command line can't be understood"
        })
abstract class KeyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataFolder data = new DataFolder();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** Does it, and says what the process ends with. */
    abstract int run(KeyDesk desk);

    /** The keys of a server that there is. */
    AccessStore open(Path folder, StoreOptions options) {
        return AccessStores.openExisting(folder, options.database());
    }

    @Override
    public final Integer call() {
        try (AccessStore opened = open(data.path(), store)) {
            return run(new KeyDesk(opened, InstantSource.system()));
        }
    }

    final CommandSpec spec() {
        return spec;
    }

    final Path data() {
        return data.path();
    }

    /** Prints the result, as JSON or in these words. */
    final void print(JsonNode result, String words) {
        Terminal.of(spec.commandLine().getOut()).lines(json ? result.toPrettyString() : words);
    }

    /** Says something to people that is not the result. */
    final void remark(String text) {
        spec.commandLine().getErr().println(Printable.line(text));
        spec.commandLine().getErr().flush();
    }

    /** There is no such key. */
    final int notFound(String id) {
        remark("There is no access key " + id + ". \"changeorder keys list\" lists those that there are.");
        return ExitCode.FAILED;
    }

    /** What was given as an id; empty when it can't be one. */
    static Optional<Actor> actor(String id) {
        try {
            return Optional.of(new Actor(id));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }
}
