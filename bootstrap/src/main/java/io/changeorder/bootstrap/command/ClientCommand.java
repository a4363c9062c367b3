package io.changeorder.bootstrap.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.terminal.Printable;
import io.changeorder.bootstrap.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that talks to a server. */
@Command(mixinStandardHelpOptions = true)
public abstract class ClientCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(names = "--json", description = "Print what the server answered (Data) as JSON.")
    private boolean json;

    /** Does it, and says what the process ends with. */
    protected abstract int run(WireClient client);

    @Override
    public final Integer call() {
        return run(connection.client());
    }

    protected final boolean isJson() {
        return json;
    }

    protected final CommandSpec spec() {
        return spec;
    }

    /** Standard output. */
    protected final Terminal terminal() {
        return Terminal.of(spec.commandLine().getOut());
    }

    /** Says something to people that is not the command's result. */
    protected final void remark(String text) {
        spec.commandLine().getErr().println(Printable.line(text));
        spec.commandLine().getErr().flush();
    }

    /** Prints the answer as JSON, or this line. */
    protected final void print(JsonNode data, String line) {
        printLines(data, Printable.line(line));
    }

    /** As {@link #print}, of lines that were put together of harmless ones, such as a table. */
    protected final void printLines(JsonNode data, String lines) {
        terminal().lines(json ? data.toPrettyString() : lines);
    }
}
