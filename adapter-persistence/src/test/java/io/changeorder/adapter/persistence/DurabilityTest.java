package io.changeorder.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.spi.store.ChangeOrderStore.OrderQuery;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.HistoryFold;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever was answered is there after a SIGKILL at any moment, and nothing is there by half. */
@Tag("kill")
class DurabilityTest {
    private static final int ROUNDS = 10;
    private static final int WRITERS = 4;
    private static final int MOST_LINES = 200;

    @TempDir
    private Path folder;

    @Test
    void everyAcknowledgedCommitSurvivesSigkill() throws Exception {
        Random random = new Random(20260105);
        Stores.open(folder).close();
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, Long> acknowledged = new HashMap<>();
            try (Child child = Child.start(DurabilityTest.class, folder.toString())) {
                int lines = 1 + random.nextInt(MOST_LINES);
                for (int line = 0; line < lines; line++) {
                    note(child.line(), acknowledged);
                }
                child.kill();
                for (String rest = child.line(); rest.endsWith("."); rest = child.line()) {
                    note(rest, acknowledged);
                }
            }
            assertThat(acknowledged).as("round %d", round).isNotEmpty();
            assertEverythingIsThere(acknowledged);
        }
    }

    private static void note(String line, Map<String, Long> acknowledged) {
        int blank = line.indexOf(' ');
        acknowledged.put(line.substring(0, blank), Long.parseLong(line.substring(blank + 1, line.length() - 1)));
    }

    private void assertEverythingIsThere(Map<String, Long> acknowledged) {
        try (SqliteChangeOrderStore store = SqliteChangeOrderStore.open(folder, OrderBuilder.NODE)) {
            acknowledged.forEach((id, version) -> {
                Application application = store.findApplication(new ApplicationId(id))
                        .map(ApplicationState::application)
                        .orElseThrow();
                assertThat(application.version()).isBetween(version, version + 1);
                assertThat(HistoryFold.fold(store.history(application.id(), 1, Integer.MAX_VALUE)))
                        .isEqualTo(HistoryFold.Present.of(application, orders(store, application)));
            });
        }
    }

    private static Map<ChangeOrderId, HistoryFold.OrderPresent> orders(
            SqliteChangeOrderStore store, Application application) {
        return store
                .listOrders(new OrderQuery(application.id(), List.of(), List.of(), "", true, 0, Integer.MAX_VALUE))
                .items()
                .stream()
                .collect(Collectors.toMap(
                        ChangeOrder::id,
                        order -> new HistoryFold.OrderPresent(
                                order.status(), order.progress().current(), order.attention())));
    }

    /** Commits from several threads until it is killed, and prints what it was answered: "application version.". */
    public static void main(String[] arguments) {
        SqliteChangeOrderStore store = SqliteChangeOrderStore.open(Path.of(arguments[0]), OrderBuilder.NODE);
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        for (int number = 0; number < WRITERS; number++) {
            String id = "app-" + number;
            writers.execute(() -> commitForEver(store, id, System.out));
        }
    }

    private static void commitForEver(SqliteChangeOrderStore store, String id, PrintStream output) {
        Optional<ApplicationState> known = store.findApplication(new ApplicationId(id));
        Application application = known.map(ApplicationState::application).orElseGet(() -> Stores.create(store, id));
        Optional<ChangeOrder> live = known.flatMap(ApplicationState::live);
        while (true) {
            CommitBuilder commit = CommitBuilder.following(application);
            if (live.isPresent()) {
                ChangeOrder ended = OrderBuilder.aSucceededOrder(live.get().id().value(), application.id())
                        .build();
                commit.ending(ended).settling(ended, ended.change().after());
                live = Optional.empty();
            } else {
                ChangeOrder order = OrderBuilder.aRunningOrder(id + "-" + application.version(), application.id())
                        .build();
                commit.opening(order).growingTheFence();
                live = Optional.of(order);
            }
            application = Stores.commit(store, commit);
            output.println(id + " " + application.version() + ".");
        }
    }
}
