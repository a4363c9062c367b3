package io.changeorder.adapter.persistence.postgres;

import static io.changeorder.application.fixture.OrderBuilder.NODE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Not a test: prints how many commands a second are made durable by the store, and by pgbench with the same statement and
 * with a usual transaction, in turns, on one server, each time in a database of its own. Arguments: a folder for files,
 * the seconds of each turn, and the turns.
 */
final class CommitMeasurements {
    private static final List<Integer> CLIENTS = List.of(1, 8, 32);

    private final Path folder;
    private final int seconds;

    private CommitMeasurements(Path folder, int seconds) {
        this.folder = folder;
        this.seconds = seconds;
    }

    private enum Contender {
        STORE("the store"),
        STORE_WITHOUT_AUDIT("the store, without the audit"),
        SAME_STATEMENT("pgbench, the same statement"),
        USUAL_TRANSACTION("pgbench, a usual transaction");

        private final String title;

        Contender(String title) {
            this.title = title;
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0])).toRealPath();
        CommitMeasurements measurements = new CommitMeasurements(folder, Integer.parseInt(arguments[1]));
        int turns = Integer.parseInt(arguments[2]);
        measurements.turn(CLIENTS.get(CLIENTS.size() - 1)); // until everything is compiled
        for (int clients : CLIENTS) {
            List<Map<Contender, Speed>> measured = new ArrayList<>();
            for (int turn = 0; turn < turns; turn++) {
                measured.add(measurements.turn(clients));
            }
            print(clients, measured);
        }
    }

    /** One after the other. */
    private Map<Contender, Speed> turn(int clients) throws IOException, InterruptedException, ExecutionException {
        Map<Contender, Speed> turn = new EnumMap<>(Contender.class);
        for (Contender contender : Contender.values()) {
            turn.put(contender, measure(contender, clients));
        }
        return turn;
    }

    private Speed measure(Contender contender, int clients)
            throws IOException, InterruptedException, ExecutionException {
        return switch (contender) {
            case STORE -> store(clients, true);
            case STORE_WITHOUT_AUDIT -> store(clients, false);
            case SAME_STATEMENT -> pgbench(clients, new PgbenchScript().oneStatement());
            case USUAL_TRANSACTION -> pgbench(clients, new PgbenchScript().oneTransaction());
        };
    }

    private Speed store(int clients, boolean audited) throws InterruptedException, ExecutionException {
        PostgresServer server = Server.newEmptyDatabase();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try (PostgresChangeOrderStore store = PostgresChangeOrderStore.open(server, NODE)) {
            List<MeasuredCommands> all = prepare(store, clients, audited);
            Server.runAsAdministrator("CHECKPOINT");
            long start = System.nanoTime();
            long end = start + TimeUnit.SECONDS.toNanos(seconds);
            List<Future<long[]>> running = new ArrayList<>();
            for (MeasuredCommands commands : all) {
                running.add(threads.submit(() -> untilTheEnd(commands, store, end)));
            }
            LongStream nanos = LongStream.empty();
            for (Future<long[]> each : running) {
                nanos = LongStream.concat(nanos, Arrays.stream(each.get()));
            }
            return new Speed(nanos.toArray(), (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1));
        } finally {
            threads.shutdown();
            Server.drop(server);
        }
    }

    private static long[] untilTheEnd(MeasuredCommands commands, PostgresChangeOrderStore store, long end) {
        LongStream.Builder taken = LongStream.builder();
        for (long before = System.nanoTime(); before < end; ) {
            commands.giveOne(store);
            long after = System.nanoTime();
            taken.add(after - before);
            before = after;
        }
        return taken.build().toArray();
    }

    private static List<MeasuredCommands> prepare(PostgresChangeOrderStore store, int clients, boolean audited) {
        return IntStream.range(0, clients)
                .mapToObj(client -> MeasuredCommands.prepare(store, client, audited))
                .toList();
    }

    private Speed pgbench(int clients, String script) throws IOException, InterruptedException {
        PostgresServer server = Server.newEmptyDatabase();
        try {
            MeasuredCommands first;
            try (PostgresChangeOrderStore store = PostgresChangeOrderStore.open(server, NODE)) {
                first = prepare(store, clients, true).get(0);
            }
            Server.runAsAdministrator("CHECKPOINT");
            String version = "version=" + first.version();
            String events = "events=" + first.events();
            Speed speed = Pgbench.run(server, folder, clients, seconds, script, version, events);
            String written = Server.ask(server, "SELECT count(*) FROM audit").get(0);
            if (!written.equals(Integer.toString(speed.commands()))) {
                throw new IOException(written + " commands were written by " + speed.commands() + " transactions");
            }
            return speed;
        } finally {
            Server.drop(server);
        }
    }

    private static void print(int clients, List<Map<Contender, Speed>> turns) {
        System.out.printf("%d client%s, the median of %d turns:%n", clients, clients == 1 ? "" : "s", turns.size());
        for (Contender contender : Contender.values()) {
            System.out.printf(
                    Locale.ROOT,
                    "  %-30s %6.0f/s, p50 %.1f ms, p99 %.1f ms%n",
                    contender.title,
                    median(turns, turn -> turn.get(contender).perSecond()),
                    median(turns, turn -> turn.get(contender).millis(50)),
                    median(turns, turn -> turn.get(contender).millis(99)));
        }
        System.out.printf(
                Locale.ROOT,
                "  the store is %.2f of the same statement, %.2f of the usual transaction, %.2f of itself without audit%n",
                median(turns, turn -> ofStore(turn, Contender.SAME_STATEMENT)),
                median(turns, turn -> ofStore(turn, Contender.USUAL_TRANSACTION)),
                median(turns, turn -> ofStore(turn, Contender.STORE_WITHOUT_AUDIT)));
    }

    private static double ofStore(Map<Contender, Speed> turn, Contender other) {
        return turn.get(Contender.STORE).perSecond() / turn.get(other).perSecond();
    }

    private static double median(List<Map<Contender, Speed>> turns, ToDoubleFunction<Map<Contender, Speed>> value) {
        double[] sorted = turns.stream().mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
