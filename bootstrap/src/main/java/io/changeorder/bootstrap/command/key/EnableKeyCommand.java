package io.changeorder.bootstrap.command.key;

import io.changeorder.adapter.access.key.KeyDesk;
import io.changeorder.bootstrap.command.ExitCode;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "enable", description = "Let a disabled key be good again, as it was.")
final class EnableKeyCommand extends KeyCommand {
    @Parameters(paramLabel = "ID", description = "The key.")
    private String id = "";

    @Override
    int run(KeyDesk desk) {
        return actor(id)
                .flatMap(desk::enable)
                .map(key -> {
                    print(KeyView.json(key, Instant.now()), "The access key " + key.id() + " is enabled.");
                    return ExitCode.DONE;
                })
                .orElseGet(() -> notFound(id));
    }
}
