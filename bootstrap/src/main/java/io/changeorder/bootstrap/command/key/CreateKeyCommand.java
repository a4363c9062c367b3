package io.changeorder.bootstrap.command.key;

import io.changeorder.adapter.access.key.Draft;
import io.changeorder.adapter.access.key.KeyDesk;
import io.changeorder.adapter.access.key.KeyRing;
import io.changeorder.adapter.access.key.NewSecret;
import io.changeorder.adapter.access.policy.Policies;
import io.changeorder.adapter.access.policy.PolicyDocument;
import io.changeorder.adapter.access.policy.PolicyException;
import io.changeorder.application.spi.access.AccessKey;
import io.changeorder.application.spi.access.AccessStore;
import io.changeorder.bootstrap.command.ExitCode;
import io.changeorder.bootstrap.command.KeyFileOption;
import io.changeorder.bootstrap.command.PolicyTexts;
import io.changeorder.bootstrap.command.TimeSpan;
import io.changeorder.bootstrap.command.server.StoreOptions;
import io.changeorder.bootstrap.server.AccessStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
        name = "create",
        description =
                "Create a key, and print its secret, which nobody is told again. From the first key on every request"
                        + " has to be signed.")
final class CreateKeyCommand extends KeyCommand {
    @Mixin
    private KeyFileOption keyFile = new KeyFileOption();

    @Option(
            names = "--policy",
            paramLabel = "NAME|FILE",
            required = true,
            description = "What it may do: FullAccess, ReadOnly, AbortOnly, or a file with a policy document. May be"
                    + " repeated.")
    private List<String> policies = new ArrayList<>();

    @Option(names = "--description", paramLabel = "TEXT", defaultValue = "", description = "Whose it is, and what for.")
    private String description = "";

    @Option(
            names = "--allow-hmac-sha1",
            description = "Accept the signatures of the vendor's old clients (HMAC-SHA1) from it.")
    private boolean hmacSha1Allowed;

    @Option(
            names = "--temporary-for",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "Let it be good for so long, such as 8h, and have a security token that is sent with each"
                    + " request.")
    private Optional<Duration> temporaryFor = Optional.empty();

    /** A first key may be made before there is a server. */
    @Override
    AccessStore open(Path folder, StoreOptions options) {
        return AccessStores.open(folder, options.database());
    }

    @Override
    int run(KeyDesk desk) {
        Draft draft = draft();
        Path file = keyFile.path(data());
        boolean first = desk.list().isEmpty();
        // A file that is made although there are keys would open none of them.
        KeyRing ring = first ? KeyRing.openOrMake(file) : KeyRing.open(file);
        NewSecret made = desk.create(ring, draft);
        print(KeyView.json(made, Instant.now()), KeyView.words(made));
        remark("The secret is told this once: keep it where only its owner reads it.");
        if (first) {
            remark("It is the first key, sealed with " + file
                    + ", which has to be backed up apart from the data. From now"
                    + " on a server over this data takes signed requests only.");
        }
        return ExitCode.DONE;
    }

    private Draft draft() {
        if (description.length() > AccessKey.MAX_DESCRIPTION
                || description.chars().anyMatch(Character::isISOControl)) {
            throw wrong("--description is one line of up to " + AccessKey.MAX_DESCRIPTION + " characters");
        }
        if (temporaryFor.filter(Duration::isZero).isPresent()) {
            throw wrong("--temporary-for is longer than nothing");
        }
        return new Draft(policies.stream().map(this::policy).toList(), description, hmacSha1Allowed, temporaryFor);
    }

    private String policy(String nameOrFile) {
        String policy = PolicyTexts.given("--policy", nameOrFile, spec().commandLine());
        if (Policies.bundled().contains(policy)) {
            return policy;
        }
        try {
            PolicyDocument.parse(policy)
                    .warnings()
                    .forEach(warning -> remark("Warning: " + nameOrFile + ": " + warning));
            return policy;
        } catch (PolicyException unusable) {
            throw wrong("--policy " + nameOrFile + ": " + unusable.getMessage());
        }
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec().commandLine(), what);
    }
}
