package io.changeorder.bootstrap.measure;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.adapter.process.ProcessRuntime;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long it takes until an abort with rollback is acknowledged over HTTP, when it is durable and the fence is raised,
 * beside one bare SQLite commit on the same disk, in turns.
 */
final class AbortSpeed {
    private static final int WARM_UP = 60;
    private static final int WARM_UP_OF_HTTP = 5_000;
    private static final int WARM_UP_OF_COMMITS = 500;
    private static final int PAUSE_MILLIS = 2;
    private static final int SUCCEEDED = 2;
    private static final int AWAITING_CONFIRMATION = 8;
    private static final String ABORT = "/pop/v1/sam/changeorder/AbortAndRollbackChangeOrder?ChangeOrderId=";

    private final RawClient client;

    private AbortSpeed(RawClient client) {
        this.client = client;
    }

    static void print(Path home, Path folder, int rounds) throws Exception {
        Path data = folder.resolve("aborts");
        try (Served served = Served.start(home, data, folder.resolve("aborts.log"));
                BareCommits bare = new BareCommits(folder.resolve("bare.db"))) {
            new AbortSpeed(served.client()).measure(bare, rounds);
        } finally {
            try (ProcessRuntime runtime = ProcessRuntime.in(data).open()) {
                runtime.endAll(Duration.ofSeconds(1));
            }
        }
    }

    private void measure(BareCommits bare, int rounds) throws IOException, SQLException, InterruptedException {
        String app = create();
        long[] refused = new long[WARM_UP_OF_HTTP];
        for (int call = 0; call < WARM_UP_OF_HTTP; call++) {
            long start = System.nanoTime();
            client.call("PUT", ABORT + "none");
            refused[call] = System.nanoTime() - start;
        }
        for (int commit = 0; commit < WARM_UP_OF_COMMITS; commit++) {
            bare.commit();
        }
        for (int round = 0; round < WARM_UP; round++) {
            abort(app, round);
        }
        long[] commits = new long[rounds];
        long[] aborts = new long[rounds];
        for (int round = 0; round < rounds; round++) {
            String order = halfDeployed(app, WARM_UP + round);
            commits[round] = bare.commit();
            aborts[round] = abort(order);
        }
        Spread bareSpread = new Spread(commits);
        Spread abortSpread = new Spread(aborts);
        System.out.println("  a refused abort (HTTP only):  " + new Spread(refused));
        System.out.println("  one bare SQLite commit:       " + bareSpread);
        System.out.println("  abort acknowledged:           " + abortSpread);
        System.out.printf(
                "  as a multiple: p50 %.2f, p99 %.2f%n",
                abortSpread.over(bareSpread, 50), abortSpread.over(bareSpread, 99));
    }

    private String create() throws IOException, InterruptedException {
        JsonNode created = client.data(client.call(
                "POST", "/pop/v1/sam/app/createApplication?AppName=measured&PackageType=FatJar" + version("settled")));
        await(created.path("ChangeOrderId").asText(), SUCCEEDED);
        return created.path("AppId").asText();
    }

    private void abort(String app, int number) throws IOException, InterruptedException {
        abort(halfDeployed(app, number));
    }

    /** How many nanoseconds it took to be acknowledged; returns when the rollback has succeeded. */
    private long abort(String order) throws IOException, InterruptedException {
        long start = System.nanoTime();
        byte[] answer = client.call("PUT", ABORT + order);
        long nanos = System.nanoTime() - start;
        await(client.data(answer).path("RollbackChangeOrderId").asText(), SUCCEEDED);
        return nanos;
    }

    private String halfDeployed(String app, int number) throws IOException, InterruptedException {
        String strategy =
                encoded("{\"type\":\"BatchUpdate\",\"batchUpdate\":{\"batch\":2,\"releaseType\":\"manual\"}}");
        String order = client.data(client.call(
                        "POST",
                        "/pop/v1/sam/app/deployApplication?AppId=" + app + "&UpdateStrategy=" + strategy
                                + version("v" + number)))
                .path("ChangeOrderId")
                .asText();
        await(order, AWAITING_CONFIRMATION);
        return order;
    }

    private void await(String order, int status) throws IOException, InterruptedException {
        while (client.data(client.call("GET", "/pop/v1/sam/changeorder/DescribeChangeOrder?ChangeOrderId=" + order))
                        .path("Status")
                        .asInt()
                != status) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private static String version(String label) {
        return "&Replicas=2&ReadyForSeconds=0&Command=%2Fbin%2Fsleep&CommandArgs=" + encoded("[\"1000\"]")
                + "&PackageVersion=" + label;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
