package io.changeorder.bootstrap.faults;

import static io.changeorder.bootstrap.faults.HelloApplication.REPLICAS;
import static io.changeorder.bootstrap.faults.HelloApplication.batches;
import static io.changeorder.bootstrap.faults.ServedFolder.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.bootstrap.child.HelloJar;
import io.changeorder.bootstrap.client.ServerUnreachableException;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.watch.OrderFacts;
import io.changeorder.bootstrap.watch.OrderStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is stopped amid an order, and one whose disk takes nothing any more. */
@Tag("kill")
class TroubledServerTest {
    private static final String UNLIMITED = "unlimited";

    @TempDir
    Path folder;

    private Path jar;
    private ServedFolder served;
    private String app = "";

    @BeforeEach
    void start() throws IOException {
        jar = HelloJar.in(folder);
        served = new ServedFolder(folder);
        served.start();
        app = served.create("hello", version("1"));
    }

    @AfterEach
    void leaveNothingBehind() {
        served.close();
    }

    @Test
    void anOrderThatRunsWhenItsServerIsStoppedGoesOnAfterTheNextStart() {
        String order = served.deploy(app, with(version("2"), batches("auto")));
        served.awaitOrder(order, "runs", each -> each.status() == OrderStatus.RUNNING);

        assertThat(served.terminate()).isEqualTo(143);

        assertThat(served.log()).doesNotContain("WARN", "ERROR", "Exception");
        served.start();
        assertThat(served.awaitEnd(order).status()).isEqualTo(OrderStatus.SUCCEEDED);
        assertThat(served.world())
                .hasSize(REPLICAS)
                .allMatch(process -> process.version().equals("2"));
    }

    @Test
    void anOrderThatWaitsWhenItsServerIsStoppedCanBeTakenBackAfterTheNextStart() {
        String order = served.deploy(app, with(version("2"), batches("manual")));
        OrderFacts before =
                served.awaitOrder(order, "waits", each -> each.status() == OrderStatus.AWAITING_CONFIRMATION);

        assertThat(served.terminate()).isEqualTo(143);

        served.start();
        assertThat(served.order(order).json()).isEqualTo(before.json());
        OrderFacts restored = served.awaitEnd(served.abortAndRollBack(order));
        assertThat(restored.json().path("Proof").path("Holds").asBoolean()).isTrue();
        assertThat(served.world())
                .hasSize(REPLICAS)
                .allMatch(process -> process.version().equals("1"));
    }

    /** A limit of the operating system on the size of files does to one process what a full disk does to all. */
    @Test
    void aDiskThatRefusesWritesMakesCommandsFailAndChangesNothingUntilItTakesThemAgain() throws Exception {
        String order = served.deploy(app, with(version("2"), batches("manual")));
        OrderFacts before =
                served.awaitOrder(order, "waits", each -> each.status() == OrderStatus.AWAITING_CONFIRMATION);
        limitFiles("1");

        assertThatThrownBy(() -> served.abortAndRollBack(order))
                .isInstanceOf(ServerUnreachableException.class)
                .hasMessageContaining("ServiceUnavailable");

        assertThat(served.order(order).json())
                .as("queries are answered, and nothing was done")
                .isEqualTo(before.json());
        limitFiles(UNLIMITED);
        OrderFacts restored = served.awaitEnd(served.abortAndRollBack(order));
        assertThat(restored.status()).isEqualTo(OrderStatus.SUCCEEDED);
        assertThat(served.world())
                .hasSize(REPLICAS)
                .allMatch(process -> process.version().equals("1"));
        assertThat(served.call(WireOperation.LIST_CHANGE_ORDERS, Map.of("AppId", app))
                        .path("TotalSize")
                        .asInt())
                .as("created, deployed, rolled back")
                .isEqualTo(3);
    }

    private void limitFiles(String bytes) throws IOException, InterruptedException {
        Process prlimit = new ProcessBuilder(
                        "prlimit", "--pid", Long.toString(served.pid()), "--fsize=" + bytes + ":" + UNLIMITED)
                .inheritIO()
                .start();
        assertThat(prlimit.waitFor()).isZero();
    }

    private Map<String, String> version(String version) {
        return HelloApplication.version(jar, version, Map.of());
    }
}
