package io.changeorder.bootstrap.command.key;

import io.changeorder.adapter.access.key.KeyDesk;
import io.changeorder.application.spi.access.AccessKey;
import io.changeorder.bootstrap.command.ExitCode;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "list", description = "List the keys, the oldest first. Secrets are not told.")
final class ListKeysCommand extends KeyCommand {
    @Override
    int run(KeyDesk desk) {
        List<AccessKey> keys = desk.list();
        Instant now = Instant.now();
        print(KeyView.json(keys, now), KeyView.table(keys, now).toString());
        return ExitCode.DONE;
    }
}
