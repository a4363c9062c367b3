package io.changeorder.bootstrap.command.key;

import io.changeorder.adapter.access.key.KeyDesk;
import io.changeorder.bootstrap.command.ExitCode;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "disable", description = "Let a key be good for nothing, at once and everywhere, until it is enabled.")
final class DisableKeyCommand extends KeyCommand {
    @Parameters(paramLabel = "ID", description = "The key.")
    private String id = "";

    @Override
    int run(KeyDesk desk) {
        return actor(id)
                .flatMap(desk::disable)
                .map(key -> {
                    print(KeyView.json(key, Instant.now()), "The access key " + key.id() + " is disabled.");
                    return ExitCode.DONE;
                })
                .orElseGet(() -> notFound(id));
    }
}
