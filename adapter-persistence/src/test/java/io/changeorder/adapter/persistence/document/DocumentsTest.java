package io.changeorder.adapter.persistence.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.fixture.Revisions;
import io.changeorder.application.spi.store.IdempotencyKey;
import io.changeorder.application.spi.store.Maintenance;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.ReadyFloor;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.Surge;
import io.changeorder.domain.app.Timing;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.Attention;
import io.changeorder.domain.order.Batch;
import io.changeorder.domain.order.Change;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.ChangeOrderType;
import io.changeorder.domain.order.Ending;
import io.changeorder.domain.order.Input;
import io.changeorder.domain.order.Progress;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.order.Stopwatch;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.InstanceFailure;
import io.changeorder.domain.plan.Limits;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.plan.Target;
import io.changeorder.domain.revision.Probe;
import io.changeorder.domain.revision.Probes;
import io.changeorder.domain.revision.Revision;
import io.changeorder.domain.revision.RevisionId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private static final Instant AT = Instant.parse("2026-01-05T08:00:00.123456789Z");
    private static final ApplicationId APP = new ApplicationId("a");
    private static final ChangeOrderId ORDER = new ChangeOrderId("o");
    private static final RevisionId REVISION = OrderBuilder.AFTER.id();
    private static final Settings SETTINGS = new Settings(
            4,
            UpdateStrategy.canary(1, 3, UpdateStrategy.Release.MANUAL, Duration.ofNanos(1)),
            ReadyFloor.ofPercent(50),
            new Surge(OptionalInt.of(0), OptionalInt.of(25)),
            new Timing(Duration.ofMillis(1500), Duration.ofSeconds(8), Duration.ofMinutes(30)),
            "a description \u00fc\u4f60\ud83d\ude80 \u0000 \ud800 \"\\");
    private static final InstanceFailure FAILURE =
            new InstanceFailure(new InstanceId("i-1"), InstanceFailure.Kind.NOT_READY_IN_TIME, "HTTP 503");
    private static final List<Difference> DIFFERENCES = List.of(
            new Difference(Difference.Kind.COUNT, Optional.empty(), "4", "3"),
            new Difference(Difference.Kind.ROGUE, Optional.of(new InstanceId("i-2")), "", "pid 7"));

    @Test
    void everyKindOfSnapshotIsReadAsItWasWritten() {
        assertCovers(Snapshot.class, snapshots());
        for (Snapshot snapshot : snapshots()) {
            assertSame(new Application(
                    APP,
                    "shop",
                    "",
                    AT,
                    Long.MAX_VALUE,
                    3,
                    new Fence(Long.MAX_VALUE),
                    Optional.of(ORDER),
                    Optional.of(new ChangeOrderId("last")),
                    snapshot,
                    2,
                    new Composition(Map.of(new Entry(REVISION, 0), 1, new Entry(REVISION, 12), 3)),
                    true,
                    false));
        }
    }

    @Test
    void everyKindOfHappeningIsReadAsItWasWritten() {
        assertCovers(Happening.class, happenings());
        for (Happening happening : happenings()) {
            Event event = new Event(APP, 1, AT, Actor.ENGINE, new Fence(7), happening);
            assertThat(Documents.event(Documents.of(event))).isEqualTo(event);
        }
    }

    @Test
    void everyKindOfAttentionIsReadAsItWasWritten() {
        assertCovers(Attention.class, attentions());
        for (Attention attention : attentions()) {
            assertSame(OrderBuilder.aRunningOrder("o", APP)
                    .withAttention(attention)
                    .build());
        }
    }

    @Test
    void everyKindOfProbeIsReadAsItWasWritten() {
        List<Probe.Action> actions = List.of(
                new Probe.Exec(List.of("a", "", "b c")),
                new Probe.HttpGet("/", 0, Probe.Scheme.HTTP),
                new Probe.HttpGet("/x", 65_535, Probe.Scheme.HTTPS),
                new Probe.TcpSocket(1));
        assertCovers(Probe.Action.class, actions);
        for (Probe.Action action : actions) {
            assertSame(version(Revisions.aRevision("x").withProbes(Probes.readiness(new Probe(action, 0, 1, 2)))));
        }
        assertSame(version(Revisions.aRevisionWithEverything()));
        assertSame(version(Revision.command("/bin/true")));
    }

    @Test
    void ordersOfEveryTypeAndStatusAreReadAsTheyWereWritten() {
        for (Status status : Status.values()) {
            assertSame(OrderBuilder.anOrder("o", APP, status).build());
        }
        for (ChangeOrderType type : ChangeOrderType.values()) {
            assertSame(OrderBuilder.aRunningOrder("o", APP).withType(type).build());
        }
        assertSame(anOrderWithEverything());
    }

    @Test
    void anEmptySetIsNotAnAbsentOne() {
        ChangeOrder retried = anOrderWithEverything();
        assertThat(retried.progress().freshStart()).contains(Set.of());
        assertThat(Documents.order(Documents.of(retried)).progress().freshStart())
                .contains(Set.of());
    }

    @Test
    void answersAndMaintenanceAreReadAsTheyWereWritten() {
        for (Operation operation : Operation.values()) {
            StoredAnswer answer = answer(operation);
            assertThat(Documents.answer(Documents.of(answer))).isEqualTo(answer);
        }
        StoredAnswer bare = new StoredAnswer(
                new IdempotencyKey(Actor.ENGINE, Operation.STOP_APPLICATION, "t"),
                "00",
                new Receipt(APP, Optional.empty(), Optional.empty(), Optional.empty(), false),
                AT);
        assertThat(Documents.answer(Documents.of(bare))).isEqualTo(bare);
        for (Maintenance maintenance : List.of(Maintenance.OFF, new Maintenance(Optional.of(AT), OrderBuilder.ALICE))) {
            assertThat(Documents.maintenance(Documents.of(maintenance))).isEqualTo(maintenance);
        }
    }

    @Test
    void aDocumentIsAsciiWhateverIsInIt() {
        String document = Documents.of(version(Revisions.aRevisionWithEverything()));
        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(document)).isTrue();
    }

    @Test
    void aDocumentOfALaterFormatIsRefusedWithBothNumbers() {
        String later = Documents.of(anOrderWithEverything()).replaceFirst("\"format\":1", "\"format\":2");
        assertThatThrownBy(() -> Documents.order(later))
                .isInstanceOf(UnreadableDocumentException.class)
                .hasMessageContaining("format 2")
                .hasMessageContaining("reads 1");
    }

    @Test
    void aDamagedDocumentIsRefused() {
        String whole = Documents.of(anOrderWithEverything());
        for (String damaged : List.of(
                "",
                "null",
                "[]",
                "{}",
                "{\"format\":1}",
                "{\"format\":1,\"body\":null}",
                "{\"format\":1,\"body\":{}}",
                "{\"format\":1,\"body\":[]}",
                "{\"format\":\"1\",\"body\":{}}",
                whole.substring(0, whole.length() / 2),
                whole.substring(0, whole.length() - 1),
                whole + "}",
                whole.replace("\"DEPLOY\"", "\"CONQUER\""),
                whole.replace("\"kind\":\"running\"", "\"kind\":\"walking\""),
                whole.replace("\"createdBy\"", "\"madeBy\""),
                whole.replace("\"floor\":1", "\"floor\":-1"),
                whole.replace("@12\"", "\""))) {
            assertThatThrownBy(() -> Documents.order(damaged))
                    .as(damaged)
                    .isInstanceOf(UnreadableDocumentException.class);
        }
    }

    /** One file per kind of document, in src/test/resources; a format that was released is never changed. */
    @Test
    void everythingThatFormatOneWroteIsReadAndWrittenInTheSameForm() throws Exception {
        ObjectMapper json = new ObjectMapper();
        for (Map.Entry<String, Object> each : formatOne().entrySet()) {
            Path file = Path.of("src/test/resources/format-1", each.getKey() + ".json");
            assertThat(file)
                    .as("%s: %s", each.getKey(), written(each.getValue()))
                    .exists();
            String stored = Files.readString(file);
            assertThat(reread(each.getKey(), stored)).as(each.getKey()).isEqualTo(each.getValue());
            assertThat(json.readTree(written(each.getValue())))
                    .as(each.getKey())
                    .isEqualTo(json.readTree(stored));
        }
    }

    private static Map<String, Object> formatOne() {
        Map<String, Object> documents = new TreeMap<>();
        documents.put("order", anOrderWithEverything());
        documents.put("version", version(Revisions.aRevisionWithEverything()));
        documents.put("answer", answer(Operation.ABORT_AND_ROLLBACK_CHANGE_ORDER));
        documents.put("maintenance", new Maintenance(Optional.of(AT), OrderBuilder.ALICE));
        for (Snapshot snapshot : snapshots()) {
            documents.put(
                    "application-" + snapshot.getClass().getSimpleName(),
                    Application.fresh(APP, "shop", "ns", AT).withSettled(snapshot));
        }
        for (Attention attention : attentions()) {
            documents.put(
                    "order-" + attention.getClass().getSimpleName(),
                    OrderBuilder.aRunningOrder("o", APP)
                            .withAttention(attention)
                            .build());
        }
        for (Happening happening : happenings()) {
            documents.put(
                    "event-" + happening.getClass().getSimpleName(),
                    new Event(APP, 1, AT, OrderBuilder.ALICE, new Fence(7), happening));
        }
        return documents;
    }

    private static Object reread(String name, String document) {
        return switch (name.replaceAll("-.*", "")) {
            case "order" -> Documents.order(document);
            case "version" -> Documents.version(document);
            case "answer" -> Documents.answer(document);
            case "maintenance" -> Documents.maintenance(document);
            case "application" -> Documents.application(document);
            case "event" -> Documents.event(document);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static String written(Object body) {
        if (body instanceof ChangeOrder order) {
            return Documents.of(order);
        } else if (body instanceof Version version) {
            return Documents.of(version);
        } else if (body instanceof StoredAnswer answer) {
            return Documents.of(answer);
        } else if (body instanceof Maintenance maintenance) {
            return Documents.of(maintenance);
        } else if (body instanceof Application application) {
            return Documents.of(application);
        }
        return Documents.of((Event) body);
    }

    private static List<Snapshot> snapshots() {
        return List.of(
                new Snapshot.NotDeployed(),
                new Snapshot.Stopped(REVISION, SETTINGS),
                new Snapshot.Running(REVISION, SETTINGS),
                new Snapshot.Deleted());
    }

    private static List<Attention> attentions() {
        return List.of(
                new Attention.LimitsBlock(),
                new Attention.DeadlinePassed(),
                new Attention.InstanceFailed(FAILURE),
                new Attention.RestoreIncomplete(DIFFERENCES));
    }

    private static List<Happening> happenings() {
        Snapshot running = new Snapshot.Running(REVISION, SETTINGS);
        Composition composition = Composition.of(new Entry(REVISION, 3), 2);
        return List.of(
                new Happening.ApplicationCreated("shop", "ns"),
                new Happening.OrderOpened(
                        ORDER,
                        ChangeOrderType.ROLLBACK,
                        running,
                        new Snapshot.NotDeployed(),
                        4,
                        Optional.of(new ChangeOrderId("undone"))),
                new Happening.BatchesPlanned(ORDER, List.of(Composition.EMPTY, composition)),
                new Happening.OrderMoved(
                        ORDER,
                        Input.FAIL,
                        Status.RUNNING,
                        Status.FAILED,
                        1,
                        Optional.of(new Attention.InstanceFailed(FAILURE)),
                        Optional.of(FAILURE)),
                new Happening.OrderFrozen(ORDER, true),
                new Happening.StartedAfresh(ORDER, Set.of(new InstanceId("i-1"))),
                new Happening.Intended(Optional.of(ORDER), composition),
                new Happening.FenceGrew(new Fence(8)),
                new Happening.GrowthHalted(true),
                new Happening.TakenOver(ORDER, new NodeId("n")),
                new Happening.Settled(ORDER, running),
                new Happening.VersionRolledBack(REVISION, ORDER),
                new Happening.RolledBackVersionDeployed(REVISION, ORDER));
    }

    private static ChangeOrder anOrderWithEverything() {
        Snapshot before = new Snapshot.Stopped(REVISION, SETTINGS);
        Snapshot after = new Snapshot.Running(REVISION, SETTINGS);
        Instance instance = new Instance(
                new InstanceId("i-1"),
                new Entry(REVISION, 12),
                Instance.State.RUNNING,
                AT,
                Optional.of(AT.plusNanos(1)),
                3,
                "\u00fc");
        Instance backingOff = new Instance(
                new InstanceId("i-2"),
                new Entry(REVISION, 12),
                Instance.State.BACKING_OFF,
                AT,
                Optional.empty(),
                0,
                "");
        Batch ended = Batch.planned(new BatchId("b-1"), Composition.of(new Entry(REVISION, 12), 2))
                .started(AT)
                .ended(AT.plusSeconds(1), List.of(instance, backingOff));
        Batch planned = Batch.planned(new BatchId("b-2"), Composition.EMPTY);
        return new ChangeOrder(
                ORDER,
                APP,
                new Change(
                        ChangeOrderType.DEPLOY,
                        before,
                        after,
                        new Target(Optional.of(REVISION), 12, 4, true),
                        SETTINGS.strategy(),
                        new Limits(1, 5, SETTINGS.timing()),
                        SETTINGS.description()),
                OrderBuilder.ALICE,
                AT,
                new Fence(9),
                OrderBuilder.NODE,
                new Progress(
                        Status.ABORTED,
                        List.of(ended, planned),
                        1,
                        new Stopwatch(Duration.ofSeconds(1, 5), Optional.of(AT)),
                        Optional.of(AT),
                        Optional.of(new Attention.RestoreIncomplete(DIFFERENCES)),
                        Optional.of(Set.of())),
                Optional.of(new ChangeOrderId("undone")),
                Optional.of(new ChangeOrderId("undoing")),
                Optional.of(new Ending(OrderBuilder.ALICE, AT, Optional.of(FAILURE))),
                Optional.of(new Proof(DIFFERENCES, List.of("counts"), List.of("bytes"))));
    }

    private static Version version(Revision revision) {
        return Version.of(APP, revision, SETTINGS, AT).withRolledBackBy(ORDER);
    }

    private static StoredAnswer answer(Operation operation) {
        return new StoredAnswer(
                new IdempotencyKey(OrderBuilder.ALICE, operation, "t"),
                "ab".repeat(32),
                new Receipt(
                        APP,
                        Optional.of(ORDER),
                        Optional.of(new ChangeOrderId("r")),
                        Optional.of(new BatchId("b")),
                        true),
                AT);
    }

    private static void assertSame(Application application) {
        assertThat(Documents.application(Documents.of(application))).isEqualTo(application);
    }

    private static void assertSame(ChangeOrder order) {
        assertThat(Documents.order(Documents.of(order))).isEqualTo(order);
    }

    private static void assertSame(Version version) {
        assertThat(Documents.version(Documents.of(version))).isEqualTo(version);
    }

    private static <T> void assertCovers(Class<T> sealed, List<? extends T> examples) {
        List<Class<?>> missing = new ArrayList<>(Arrays.asList(sealed.getPermittedSubclasses()));
        missing.removeAll(examples.stream().map(Object::getClass).toList());
        assertThat(missing)
                .as("kinds of %s without an example", sealed.getSimpleName())
                .isEmpty();
        assertThat(Stream.of(sealed.getPermittedSubclasses())).isNotEmpty();
    }
}
