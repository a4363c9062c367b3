package io.changeorder.bootstrap.measure;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Not a test: prints the numbers of a served process. Arguments: {@code start} or {@code abort}, this repository's folder,
 * a folder for files, and the rounds of aborts.
 */
public final class Measurements {
    private static final int MANY_ORDERS = 10_000;

    private Measurements() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[1]);
        Path folder = Files.createDirectories(Path.of(arguments[2]));
        if (arguments[0].equals("start")) {
            System.out.println("serve, from start to first answer, and resident memory when idle:");
            StartSpeed.print(home, folder, 0);
            StartSpeed.print(home, folder, MANY_ORDERS);
        } else {
            System.out.println("abort with rollback, over HTTP, durable, fence raised, and a bare commit, in turns:");
            AbortSpeed.print(home, folder, Integer.parseInt(arguments[3]));
        }
    }
}
