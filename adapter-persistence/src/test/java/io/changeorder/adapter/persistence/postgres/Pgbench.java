package io.changeorder.adapter.persistence.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** PostgreSQL's own benchmark, as a process. */
final class Pgbench {
    private static final int MOST_THREADS = 2;
    private static final int LATENCY = 2;

    private Pgbench() {}

    /**
     * Runs a script again and again.
     *
     * @param folder for files of its own
     * @param variables of the script, as {@code name=value}
     */
    static Speed run(PostgresServer server, Path folder, int clients, int seconds, String script, String... variables)
            throws IOException, InterruptedException {
        Path own = Files.createTempDirectory(folder, "pgbench");
        String[] place = server.url().split("[:/]+", -1);
        List<String> options = List.of(
                "pgbench",
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + clients,
                "--jobs=" + Math.min(MOST_THREADS, clients),
                "--time=" + seconds,
                "--file=" + Files.writeString(own.resolve("script.sql"), script),
                "--log",
                "--log-prefix=" + own.resolve("log"),
                "--host=" + place[2],
                "--port=" + place[3],
                "--username=" + server.user());
        List<String> command = Stream.of(
                        options.stream(), Stream.of(variables).map(each -> "--define=" + each), Stream.of(place[4]))
                .flatMap(each -> each)
                .toList();
        Path output = own.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("PGPASSWORD", server.password());
        if (builder.start().waitFor() != 0) {
            throw new IOException("pgbench failed: " + Files.readString(output));
        }
        return new Speed(latencies(own), seconds);
    }

    /** Microseconds in its log. */
    private static long[] latencies(Path folder) throws IOException {
        LongStream.Builder all = LongStream.builder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path log : files.filter(file -> file.getFileName().toString().startsWith("log"))
                    .toList()) {
                for (String line : Files.readAllLines(log)) {
                    all.add(TimeUnit.MICROSECONDS.toNanos(Long.parseLong(line.split(" ", -1)[LATENCY])));
                }
            }
        }
        return all.build().toArray();
    }
}
