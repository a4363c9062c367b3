package io.changeorder.bootstrap.nodes;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Not a test: prints how fast nodes over one PostgreSQL hear of each other, take over from each other, and what they cost
 * when there is nothing to do. Arguments: a folder for files, how many wake-ups, how many kills, and for how many seconds
 * idle nodes are watched.
 */
final class NodeMeasurements {
    private NodeMeasurements() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0])).toRealPath();
        System.out.println("nodes over one PostgreSQL, each in a process of its own:");
        WakeUps.print(folder.resolve("wake-ups"), Integer.parseInt(arguments[1]));
        Takeovers.print(folder.resolve("takeovers"), Integer.parseInt(arguments[2]));
        IdleNodes.print(folder.resolve("idle"), Integer.parseInt(arguments[3]));
    }
}
