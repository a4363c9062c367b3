package io.changeorder.bootstrap.command.key;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.changeorder.adapter.access.key.KeyDesk;
import io.changeorder.bootstrap.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Delete a key for good, at once and everywhere.")
final class DeleteKeyCommand extends KeyCommand {
    @Parameters(paramLabel = "ID", description = "The key.")
    private String id = "";

    @Override
    int run(KeyDesk desk) {
        if (actor(id).filter(desk::delete).isEmpty()) {
            return notFound(id);
        }
        print(JsonNodeFactory.instance.objectNode().put("AccessKeyId", id), "The access key " + id + " is deleted.");
        if (desk.list().isEmpty()) {
            remark("It was the last one. Servers that run go on to ask for signatures; one that is started anew on"
                    + " 127.0.0.1 takes requests of everybody on its machine.");
        }
        return ExitCode.DONE;
    }
}
