package io.changeorder.bootstrap.command.policy;

import com.google.common.net.InetAddresses;
import io.changeorder.adapter.access.policy.Explanation;
import io.changeorder.adapter.access.policy.Policies;
import io.changeorder.adapter.access.policy.PolicyException;
import io.changeorder.adapter.access.policy.Question;
import io.changeorder.adapter.access.policy.condition.Circumstances;
import io.changeorder.application.spi.access.AccessKey;
import io.changeorder.application.spi.access.AccessStore;
import io.changeorder.bootstrap.command.DataFolder;
import io.changeorder.bootstrap.command.ExitCode;
import io.changeorder.bootstrap.command.PolicyTexts;
import io.changeorder.bootstrap.command.server.StoreOptions;
import io.changeorder.bootstrap.server.AccessStores;
import io.changeorder.bootstrap.terminal.Printable;
import io.changeorder.bootstrap.terminal.Terminal;
import io.changeorder.domain.id.Actor;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Tell what policies answer, and what each of their statements says to it.",
        exitCodeList = {
            " 0: it is allowed",
            " 1: a policy can't be used, or the keys can't be read; standard error says why",
            " 2: the command line can't be understood",
            " 3: it is denied"
        })
final class PolicyCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataFolder data = new DataFolder();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @ArgGroup(multiplicity = "1")
    private Whose whose = new Whose();

    @Option(
            names = "--action",
            paramLabel = "ACTION",
            required = true,
            description = "What would be done, such as sae:AbortChangeOrder.")
    private String action = "";

    @Option(
            names = "--resource",
            paramLabel = "RESOURCE",
            defaultValue = "*",
            description = "To which application, such as acs:sae:local:changeorder:application/prod/APP; by default *,"
                    + " none in particular.")
    private String resource = "";

    @Option(
            names = "--source-ip",
            paramLabel = "ADDRESS",
            description = "From where; not known by default, and then no condition on it permits anything.")
    private Optional<String> sourceIp = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "When, such as 2026-11-24T17:00:00+08:00; now by default.")
    private Optional<String> at = Optional.empty();

    @Option(names = "--secure", description = "It would come over TLS.")
    private boolean secure;

    @Option(names = "--json", description = "Print the explanation as JSON.")
    private boolean json;

    /** One of these. */
    static final class Whose {
        @Option(
                names = "--as",
                paramLabel = "KEY",
                description = "The policies of this access key, in the data folder or the --store, whether or not a"
                        + " server runs.")
        private Optional<String> key = Optional.empty();

        @Option(
                names = "--document",
                paramLabel = "NAME|FILE",
                description = "A policy: the name of one that every server knows, or a file with a document. May be"
                        + " repeated.")
        private List<String> documents = new ArrayList<>();
    }

    @Override
    public Integer call() {
        Question question = question();
        PrintWriter err = spec.commandLine().getErr();
        try {
            List<String> policies = policies();
            policies.forEach(each -> Policies.resolve(each)
                    .warnings()
                    .forEach(warning -> err.println(Printable.line("Warning: " + warning))));
            Explanation explanation = Policies.explain(policies, question);
            Terminal.of(spec.commandLine().getOut())
                    .lines(
                            json
                                    ? ExplanationView.json(explanation, question)
                                            .toPrettyString()
                                    : ExplanationView.words(explanation, question));
            return explanation.outcome() == Explanation.Outcome.ALLOWED ? ExitCode.DONE : ExitCode.REFUSED;
        } finally {
            err.flush();
        }
    }

    private List<String> policies() {
        return whose.key
                .map(this::policiesOf)
                .orElseGet(() -> whose.documents.stream()
                        .map(each -> PolicyTexts.given("--document", each, spec.commandLine()))
                        .toList());
    }

    private List<String> policiesOf(String id) {
        AccessKey key =
                find(id).orElseThrow(() -> new ParameterException(spec.commandLine(), "There is no access key " + id));
        if (key.isGoodAt(Instant.now())) {
            return key.policies();
        }
        spec.commandLine().getErr().println("The key is disabled or over; until that changes it may do nothing.");
        return List.of();
    }

    private Optional<AccessKey> find(String id) {
        try (AccessStore keys = AccessStores.openExisting(data.path(), store.database())) {
            return keys.findKey(new Actor(id));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    private Question question() {
        try {
            return Question.of(action, resource, new Circumstances(sourceIp.map(this::address), time(), secure));
        } catch (PolicyException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private InetAddress address(String text) {
        if (!InetAddresses.isInetAddress(text)) {
            throw new ParameterException(spec.commandLine(), "--source-ip is an address, not " + text);
        }
        return InetAddresses.forString(text);
    }

    private Instant time() {
        try {
            return at.map(text -> OffsetDateTime.parse(text).toInstant()).orElseGet(Instant::now);
        } catch (DateTimeException wrong) {
            throw new ParameterException(
                    spec.commandLine(), "--at is a time with its offset, such as 2026-11-24T17:00:00+08:00", wrong);
        }
    }
}
