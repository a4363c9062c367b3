package io.changeorder.adapter.persistence.document;

import io.changeorder.application.api.Maintenance;
import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.fixture.Revisions;
import io.changeorder.application.spi.access.AccessKey;
import io.changeorder.application.spi.access.AccessKey.Retiring;
import io.changeorder.application.spi.access.AccessKey.SealedSecret;
import io.changeorder.application.spi.store.IdempotencyKey;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.Growth;
import io.changeorder.domain.app.ReadyFloor;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.Surge;
import io.changeorder.domain.app.Timing;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
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
import io.changeorder.domain.revision.Revision;
import io.changeorder.domain.revision.RevisionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** One example of everything that is stored, with every field set. */
final class FormatExamples {
    static final Instant AT = Instant.parse("2026-01-05T08:00:00.123456789Z");
    static final ApplicationId APP = new ApplicationId("a");
    static final ChangeOrderId ORDER = new ChangeOrderId("o");
    static final RevisionId REVISION = OrderBuilder.AFTER.id();
    static final Settings SETTINGS = new Settings(
            4,
            UpdateStrategy.canary(1, 3, UpdateStrategy.Release.MANUAL, Duration.ofNanos(1)),
            ReadyFloor.ofPercent(50),
            new Surge(OptionalInt.of(0), OptionalInt.of(25)),
            new Timing(Duration.ofMillis(1500), Duration.ofSeconds(8), Duration.ofMinutes(30)),
            "a description \u00fc\u4f60\ud83d\ude80 \u0000 \ud800 \"\\");
    static final InstanceFailure FAILURE =
            new InstanceFailure(new InstanceId("i-1"), InstanceFailure.Kind.NOT_READY_IN_TIME, "HTTP 503");
    static final List<Difference> DIFFERENCES = List.of(
            new Difference(Difference.Kind.COUNT, Optional.empty(), "4", "3"),
            new Difference(Difference.Kind.ROGUE, Optional.of(new InstanceId("i-2")), "", "pid 7"));

    static Map<String, Object> all() {
        Map<String, Object> documents = new TreeMap<>();
        documents.put("order", anOrderWithEverything());
        documents.put("version", version(Revisions.aRevisionWithEverything()));
        documents.put("answer", answer(Operation.ABORT_AND_ROLLBACK_CHANGE_ORDER));
        documents.put("maintenance", new Maintenance(Optional.of(AT), OrderBuilder.ALICE));
        documents.put("key", anAccessKeyWithEverything());
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

    static String written(Object body) {
        if (body instanceof ChangeOrder order) {
            return Documents.of(order);
        } else if (body instanceof Version version) {
            return Documents.of(version);
        } else if (body instanceof StoredAnswer answer) {
            return Documents.of(answer);
        } else if (body instanceof Maintenance maintenance) {
            return Documents.of(maintenance);
        } else if (body instanceof AccessKey key) {
            return Documents.of(key);
        } else if (body instanceof Application application) {
            return Documents.of(application);
        }
        return Documents.of((Event) body);
    }

    private static AccessKey anAccessKeyWithEverything() {
        return new AccessKey(
                OrderBuilder.ALICE,
                new SealedSecret("v1:current"),
                Optional.of(new Retiring(new SealedSecret("v1:before"), AT)),
                Optional.of(new SealedSecret("v1:token")),
                true,
                false,
                List.of("ReadOnly", "{\"Version\":\"1\"}"),
                "of the night shift",
                AT,
                Optional.of(AT));
    }

    static List<Snapshot> snapshots() {
        return List.of(
                new Snapshot.NotDeployed(),
                new Snapshot.Stopped(REVISION, SETTINGS),
                new Snapshot.Running(REVISION, SETTINGS),
                new Snapshot.Deleted());
    }

    static List<Attention> attentions() {
        return List.of(
                new Attention.LimitsBlock(),
                new Attention.DeadlinePassed(),
                new Attention.InstanceFailed(FAILURE),
                new Attention.RestoreIncomplete(DIFFERENCES),
                new Attention.RuntimeBroken("observe gave null"));
    }

    static List<Happening> happenings() {
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
                new Happening.GrowthChanged(Growth.HALTED),
                new Happening.TakenOver(ORDER, new NodeId("n")),
                new Happening.Settled(ORDER, running),
                new Happening.VersionRolledBack(REVISION, ORDER),
                new Happening.RolledBackVersionDeployed(REVISION, ORDER));
    }

    static ChangeOrder anOrderWithEverything() {
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

    static Version version(Revision revision) {
        return Version.of(APP, revision, SETTINGS, AT).withRolledBackBy(ORDER);
    }

    static StoredAnswer answer(Operation operation) {
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

    /**
     * Writes the examples that a folder does not have yet. What a released format wrote is never changed, only added
     * to: {@code adapter-persistence/src/test/resources/format-1}.
     */
    public static void main(String[] arguments) throws IOException {
        for (Map.Entry<String, Object> each : all().entrySet()) {
            Path file = Path.of(arguments[0], each.getKey() + ".json");
            if (!Files.exists(file)) {
                Files.writeString(file, written(each.getValue()) + "\n");
            }
        }
        Path shape = Path.of(arguments[0], FormatShape.FILE);
        if (!Files.exists(shape)) {
            Files.writeString(shape, FormatShape.text());
        }
    }

    private FormatExamples() {}
}
