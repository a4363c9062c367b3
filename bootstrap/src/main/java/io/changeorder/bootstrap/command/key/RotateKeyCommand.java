package io.changeorder.bootstrap.command.key;

import io.changeorder.adapter.access.key.KeyDesk;
import io.changeorder.adapter.access.key.KeyRing;
import io.changeorder.adapter.access.key.NewSecret;
import io.changeorder.application.spi.access.AccessKey.Retiring;
import io.changeorder.bootstrap.command.ExitCode;
import io.changeorder.bootstrap.command.KeyFileOption;
import io.changeorder.bootstrap.command.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rotate",
        description =
                "Give a key another secret, and print it; the present one stays good for some time beside it, and the"
                        + " one before that is not any more.")
final class RotateKeyCommand extends KeyCommand {
    @Mixin
    private KeyFileOption keyFile = new KeyFileOption();

    @Parameters(paramLabel = "ID", description = "The key.")
    private String id = "";

    @Option(
            names = "--overlap",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "How long the present secret stays good, such as 2h; 0 for not at all, where it is known to"
                    + " others. 24h by default.")
    private Duration overlap = KeyDesk.USUAL_OVERLAP;

    @Override
    int run(KeyDesk desk) {
        KeyRing ring = KeyRing.open(keyFile.path(data()));
        Optional<NewSecret> rotated = actor(id).flatMap(key -> desk.rotate(ring, key, overlap));
        if (rotated.isEmpty()) {
            return notFound(id);
        }
        NewSecret made = rotated.get();
        print(KeyView.json(made, Instant.now()), KeyView.words(made));
        remark("The secret is told this once. The one before it is good "
                + made.key()
                        .retiring()
                        .map(Retiring::until)
                        .map(until -> "until " + until + ".")
                        .orElse("for nothing any more."));
        return ExitCode.DONE;
    }
}
