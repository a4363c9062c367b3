package io.changeorder.bootstrap.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a server keeps everything: one place per user unless told otherwise, so that commands work in any directory. */
public final class DataFolder {
    @FromEnvironment
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${sys:user.home}/.changeorder",
            description = "Where the server keeps everything; made if there is none. By default ~/.changeorder.")
    private Path path = Path.of("");

    public Path path() {
        return path;
    }
}
