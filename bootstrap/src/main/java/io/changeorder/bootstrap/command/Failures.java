package io.changeorder.bootstrap.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.adapter.access.key.KeyFileException;
import io.changeorder.adapter.access.policy.NearestName;
import io.changeorder.adapter.access.policy.PolicyException;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.bootstrap.client.RefusedException;
import io.changeorder.bootstrap.client.ServerUnreachableException;
import io.changeorder.bootstrap.server.StartException;
import io.changeorder.bootstrap.terminal.Printable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells people what went wrong and what to do next, and gives the exit code. */
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    /** The server recommends operations of the wire; at the command line other words lead on. */
    private static final Map<String, String> NEXT = Map.of(
            "Application.ChangerOrderRunning",
            "Follow it with \"changeorder watch ORDER\", or end it with \"changeorder abort-and-rollback ORDER\".",
            "Application.ChangerOrder.Not.Running",
            "\"changeorder restore --app APP\" restores what was settled.",
            "InvalidChangeOrder.NotFound",
            "\"changeorder orders --app APP\" lists the orders.",
            "InvalidApplication.NotFound",
            "\"changeorder apps\" lists the applications.",
            "InvalidAppId.NotFound",
            "\"changeorder apps\" lists the applications.",
            "System.Upgrading",
            "\"changeorder maintenance status\" tells until when; abort and abort-and-rollback work all the same with"
                    + " --during-maintenance.",
            "Pipeline.Can.Not.Start.Next.Batch",
            "\"changeorder order ORDER\" shows which batch waits, if one does.",
            "Resouce.no.permission",
            "Call as somebody else with --access-key-id; \"changeorder policy check\" tells what policies allow, and why.");

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof RefusedException refused) {
            err.println(Printable.line("Refused: " + refused.getMessage() + " (" + refused.code() + ")"));
            facts(refused.data()).map(Printable::line).ifPresent(err::println);
            String next = NEXT.getOrDefault(refused.code(), refused.recommendation());
            if (!next.isEmpty()) {
                err.println(Printable.line(next));
            }
            err.flush();
            return ExitCode.REFUSED;
        }
        if (failure instanceof ServerUnreachableException unreachable) {
            err.println(said(unreachable));
            err.flush();
            return ExitCode.UNREACHABLE;
        }
        if (failure instanceof StartException start) {
            err.println(said(start));
            err.flush();
            return start.isUsage() ? ExitCode.USAGE : ExitCode.FAILED;
        }
        if (failure instanceof StoreUnavailableException
                || failure instanceof KeyFileException
                || failure instanceof PolicyException) {
            err.println(said(failure));
            err.flush();
            return ExitCode.FAILED;
        }
        unexpected(failure).forEach(err::println);
        err.flush();
        return ExitCode.FAILED;
    }

    /** Indented as in a log, so that no message passes for a line of ours. */
    private static Stream<String> unexpected(Exception failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return Stream.concat(
                Stream.of("This should not have happened:"),
                Printable.lines(trace.toString()).lines().map(line -> "    " + line));
    }

    private static String said(Exception failure) {
        return Printable.line(String.valueOf(failure.getMessage()));
    }

    /** A line or two; the whole help would bury what is wrong. */
    @Override
    public int handleParseException(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(said(mistake));
        mistyped(mistake)
                .ifPresentOrElse(
                        name -> err.println(
                                "Did you mean: " + command.getCommandSpec().qualifiedName() + " " + name + "?"),
                        () -> UnmatchedArgumentException.printSuggestions(mistake, err));
        err.println("\"" + command.getCommandSpec().qualifiedName() + " --help\" explains it.");
        err.flush();
        return ExitCode.USAGE;
    }

    /** The command that was probably meant. */
    private static Optional<String> mistyped(ParameterException mistake) {
        return mistake instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()
                ? NearestName.among(
                        mistake.getCommandLine().getSubcommands().keySet(),
                        unmatched.getUnmatched().get(0))
                : Optional.empty();
    }

    /** What the refusal tells about an order. */
    private static Optional<String> facts(JsonNode data) {
        String order = data.path("ChangeOrderId").asText();
        if (order.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder("Order ").append(order);
        if (data.has("EndedBy")) {
            text.append(" was ended by ")
                    .append(data.path("EndedBy").asText())
                    .append(" at ")
                    .append(data.path("EndedAt").asText());
        } else {
            text.append(" is still running");
        }
        if (data.has("RollbackChangeOrderId")) {
            text.append("; its rollback is order ")
                    .append(data.path("RollbackChangeOrderId").asText());
        }
        return Optional.of(text.append('.').toString());
    }
}
