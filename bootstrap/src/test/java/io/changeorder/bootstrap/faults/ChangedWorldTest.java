package io.changeorder.bootstrap.faults;

import static io.changeorder.bootstrap.faults.HelloApplication.batches;
import static io.changeorder.bootstrap.faults.ServedFolder.awaitThat;
import static io.changeorder.bootstrap.faults.ServedFolder.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.child.Child;
import io.changeorder.bootstrap.child.HelloJar;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.faults.ServedFolder.Marked;
import io.changeorder.bootstrap.watch.OrderFacts;
import io.changeorder.bootstrap.watch.OrderStatus;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody changes the world behind the server's back while a deployment is half done. The rollback says that the
 * restoration is incomplete, and names exactly what was changed; a retry mends it.
 */
@Tag("kill")
class ChangedWorldTest {
    @TempDir
    Path folder;

    private ServedFolder served;

    @BeforeEach
    void start() throws IOException {
        served = new ServedFolder(folder);
        served.start();
    }

    @AfterEach
    void leaveNothingBehind() {
        served.close();
    }

    @Test
    void aProcessThatNobodyOrderedIsNamedAndEnded() throws IOException {
        String app = served.create("hello", shell("1"));
        String order = halfDeployed(app, shell("2"));
        ProcessBuilder builder = new ProcessBuilder("setsid", "sleep", "1000");
        builder.environment().put("CHANGEORDER_DATA", served.data().toString());
        builder.environment().put("APPLICATION_ID", app);
        Process rogue = builder.start();
        awaitThat(
                "it has become itself",
                () -> Files.readString(Path.of("/proc/" + rogue.pid() + "/cmdline"))
                        .startsWith("sleep"));

        OrderFacts incomplete = rollBack(order);

        assertThat(differences(incomplete)).singleElement().satisfies(difference -> {
            assertThat(difference.path("Kind").asText()).isEqualTo("ROGUE");
            assertThat(difference.path("Found").asText()).isEqualTo("pid " + rogue.pid() + " runs sleep 1000");
        });
        mendedByARetry(app, incomplete);
        assertThat(rogue.isAlive()).isFalse();
    }

    @Test
    void anInstanceWhoseEnvironmentWasChangedIsNamedAndReplaced() throws IOException {
        String app = served.create("hello", shell("1"));
        String order = halfDeployed(app, shell("2"));
        Marked changed = ofVersion(app, "1").get(0);
        awaitThat(
                "what it runs was taken down",
                () -> Files.readString(record(changed)).contains("became"));
        changed.signal("USR1");
        awaitThat(
                "it runs with another environment",
                () -> Child.environment(changed.pid()).anyMatch("TAMPERED=1"::equals));

        OrderFacts incomplete = rollBack(order);

        assertThat(differences(incomplete))
                .allMatch(difference -> difference.path("InstanceId").asText().equals(changed.instance()))
                .extracting(difference -> difference.path("Kind").asText())
                .containsExactlyInAnyOrder("COMMAND_LINE", "ENVIRONMENT");
        assertThat(differences(incomplete))
                .filteredOn(difference -> difference.path("Kind").asText().equals("ENVIRONMENT"))
                .singleElement()
                .satisfies(difference ->
                        assertThat(difference.path("Found").asText()).isEqualTo("TAMPERED was added"));
        mendedByARetry(app, incomplete);
    }

    @Test
    void anInstanceThatHasAChangedArtifactOpenIsNamedAndReplaced() throws IOException {
        Path jar = HelloJar.in(folder);
        String app = served.create("hello", HelloApplication.version(jar, "1", Map.of()));
        String order = halfDeployed(app, with(shell("2"), Map.of("PackageUrl", "", "Readiness", "")));
        Path pinned = pinned();
        Marked untouched = ofVersion(app, "1").get(0);
        assertThat(pinned.toFile().setWritable(true)).isTrue();
        Files.writeString(pinned, "changed", StandardOpenOption.APPEND);

        OrderFacts incomplete = rollBack(order);

        assertThat(differences(incomplete)).singleElement().satisfies(difference -> {
            assertThat(difference.path("Kind").asText()).isEqualTo("ARTIFACT");
            assertThat(difference.path("InstanceId").asText()).isEqualTo(untouched.instance());
            assertThat(difference.path("Expected").asText()).isEqualTo("SHA-256 " + pinned.getFileName());
        });
        mendedByARetry(app, incomplete);
    }

    /** A rollback that can't succeed; as it is when it says so. */
    private OrderFacts rollBack(String order) {
        String rollback = served.abortAndRollBack(order);
        OrderFacts incomplete = served.awaitOrder(rollback, "needs a person", OrderFacts::needsPerson);
        assertThat(incomplete.json().path("Attention").asText()).isEqualTo("RESTORE_INCOMPLETE");
        assertThat(incomplete.status()).isEqualTo(OrderStatus.RUNNING);
        assertThat(incomplete.json().path("Proof").path("Holds").asBoolean(true))
                .isFalse();
        return incomplete;
    }

    private void mendedByARetry(String app, OrderFacts incomplete) {
        served.call(WireOperation.RETRY_CHANGE_ORDER, Map.of("ChangeOrderId", incomplete.id()));
        OrderFacts end = served.awaitOrder(incomplete.id(), "ends", order -> !order.isLive());
        assertThat(end.status()).isEqualTo(OrderStatus.SUCCEEDED);
        assertThat(end.json().path("Proof").path("Holds").asBoolean()).isTrue();
        List<Marked> world = served.world();
        assertThat(world).allMatch(process -> process.version().equals("1"));
        assertThat(world.stream().map(Marked::instance))
                .as("two instances, and nothing else: %s", world)
                .hasSameElementsAs(served.instances(app).keySet());
        assertThat(served.instances(app)).hasSize(HelloApplication.REPLICAS);
    }

    private String halfDeployed(String app, Map<String, String> version) {
        String order = served.deploy(app, with(version, batches("manual")));
        served.awaitOrder(order, "waits", each -> each.status() == OrderStatus.AWAITING_CONFIRMATION);
        return order;
    }

    private static List<JsonNode> differences(OrderFacts order) {
        return StreamSupport.stream(
                        order.json().path("Proof").path("Differences").spliterator(), false)
                .toList();
    }

    private List<Marked> ofVersion(String app, String version) {
        return served.world(app).stream()
                .filter(process -> process.version().equals(version))
                .toList();
    }

    /** What the runtime keeps of an instance. */
    private Path record(Marked instance) throws IOException {
        List<Path> folders = List.of(served.data().resolve("runtime").resolve("applications"));
        for (String level : List.of("*", "term-*", "[0-9]*")) {
            List<Path> next = new ArrayList<>();
            for (Path folder : folders) {
                try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, level)) {
                    entries.forEach(next::add);
                }
            }
            folders = next;
        }
        return folders.stream()
                .map(folder -> folder.resolve(Path.of("instances", instance.instance(), "instance.json")))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    private Path pinned() throws IOException {
        try (Stream<Path> pinned = Files.list(served.data().resolve("runtime").resolve("artifacts"))) {
            return pinned.findFirst().orElseThrow();
        }
    }

    /** A version that adds a variable to its environment when it is told to. */
    private static Map<String, String> shell(String version) {
        return Map.of(
                "Command",
                "/bin/sh",
                "CommandArgs",
                "[\"-c\",\"trap 'exit 0' TERM; trap 'export TAMPERED=1; exec sleep 1000' USR1;"
                        + " while :; do sleep 1000 & wait $!; done\"]",
                "Envs",
                HelloApplication.envs(Map.of("APP_VERSION", version)),
                "PackageVersion",
                "v" + version,
                "Replicas",
                Integer.toString(HelloApplication.REPLICAS),
                "ReadyForSeconds",
                "0",
                "TerminationGracePeriodSeconds",
                "1");
    }
}
