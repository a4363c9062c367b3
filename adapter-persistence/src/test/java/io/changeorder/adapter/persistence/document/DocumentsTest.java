package io.changeorder.adapter.persistence.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeorder.application.api.Maintenance;
import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.fixture.Revisions;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.IdempotencyKey;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.Growth;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.order.Attention;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.ChangeOrderType;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Probe;
import io.changeorder.domain.revision.Probes;
import io.changeorder.domain.revision.Revision;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    @Test
    void everyKindOfSnapshotIsReadAsItWasWritten() {
        assertCovers(Snapshot.class, FormatExamples.snapshots());
        for (Snapshot snapshot : FormatExamples.snapshots()) {
            assertSame(new Application(
                    FormatExamples.APP,
                    "shop",
                    "",
                    FormatExamples.AT,
                    Long.MAX_VALUE,
                    3,
                    new Fence(Long.MAX_VALUE),
                    Optional.of(FormatExamples.ORDER),
                    Optional.of(new ChangeOrderId("last")),
                    snapshot,
                    2,
                    new Composition(Map.of(
                            new Entry(FormatExamples.REVISION, 0), 1, new Entry(FormatExamples.REVISION, 12), 3)),
                    true,
                    Growth.HALTED));
        }
    }

    @Test
    void aCommitIsReadAsItWasWritten() {
        Commit commit = CommitBuilder.creating(Application.fresh(FormatExamples.APP, "shop", "", FormatExamples.AT))
                .ending(OrderBuilder.aSucceededOrder("o", FormatExamples.APP).build())
                .with(Version.of(
                        FormatExamples.APP, Revisions.aRevisionWithEverything(), Settings.of(1), FormatExamples.AT))
                .answering(new StoredAnswer(
                        new IdempotencyKey(new Actor("alice"), Operation.CREATE_APPLICATION, "t"),
                        "ab".repeat(32),
                        new Receipt(FormatExamples.APP, Optional.empty(), Optional.empty(), Optional.empty(), true),
                        FormatExamples.AT))
                .build();
        assertThat(Documents.commit(Documents.of(commit))).isEqualTo(commit);
    }

    @Test
    void everyKindOfHappeningIsReadAsItWasWritten() {
        assertCovers(Happening.class, FormatExamples.happenings());
        for (Happening happening : FormatExamples.happenings()) {
            Event event = new Event(FormatExamples.APP, 1, FormatExamples.AT, Actor.ENGINE, new Fence(7), happening);
            assertThat(Documents.event(Documents.of(event))).isEqualTo(event);
        }
    }

    @Test
    void everyKindOfAttentionIsReadAsItWasWritten() {
        assertCovers(Attention.class, FormatExamples.attentions());
        for (Attention attention : FormatExamples.attentions()) {
            assertSame(OrderBuilder.aRunningOrder("o", FormatExamples.APP)
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
            assertSame(FormatExamples.version(
                    Revisions.aRevision("x").withProbes(Probes.readiness(new Probe(action, 0, 1, 2)))));
        }
        assertSame(FormatExamples.version(Revisions.aRevisionWithEverything()));
        assertSame(FormatExamples.version(Revision.command("/bin/true")));
    }

    @Test
    void ordersOfEveryTypeAndStatusAreReadAsTheyWereWritten() {
        for (Status status : Status.values()) {
            assertSame(OrderBuilder.anOrder("o", FormatExamples.APP, status).build());
        }
        for (ChangeOrderType type : ChangeOrderType.values()) {
            assertSame(OrderBuilder.aRunningOrder("o", FormatExamples.APP)
                    .withType(type)
                    .build());
        }
        assertSame(FormatExamples.anOrderWithEverything());
    }

    @Test
    void anEmptySetIsNotAnAbsentOne() {
        ChangeOrder retried = FormatExamples.anOrderWithEverything();
        assertThat(retried.progress().freshStart()).contains(Set.of());
        assertThat(Documents.order(Documents.of(retried)).progress().freshStart())
                .contains(Set.of());
    }

    @Test
    void answersAndMaintenanceAreReadAsTheyWereWritten() {
        for (Operation operation : Operation.values()) {
            StoredAnswer answer = FormatExamples.answer(operation);
            assertThat(Documents.answer(Documents.of(answer))).isEqualTo(answer);
        }
        StoredAnswer bare = new StoredAnswer(
                new IdempotencyKey(Actor.ENGINE, Operation.STOP_APPLICATION, "t"),
                "00",
                new Receipt(FormatExamples.APP, Optional.empty(), Optional.empty(), Optional.empty(), false),
                FormatExamples.AT);
        assertThat(Documents.answer(Documents.of(bare))).isEqualTo(bare);
        for (Maintenance maintenance :
                List.of(Maintenance.OFF, new Maintenance(Optional.of(FormatExamples.AT), OrderBuilder.ALICE))) {
            assertThat(Documents.maintenance(Documents.of(maintenance))).isEqualTo(maintenance);
        }
    }

    @Test
    void aDocumentIsAsciiWhateverIsInIt() {
        String document = Documents.of(FormatExamples.version(Revisions.aRevisionWithEverything()));
        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(document)).isTrue();
    }

    @Test
    void aDocumentOfALaterFormatIsRefusedWithBothNumbers() {
        String later =
                Documents.of(FormatExamples.anOrderWithEverything()).replaceFirst("\"format\":1", "\"format\":2");
        assertThatThrownBy(() -> Documents.order(later))
                .isInstanceOfSatisfying(
                        UnreadableDocumentException.class,
                        refused -> assertThat(refused.isNewer()).isTrue())
                .hasMessageContaining("format 2")
                .hasMessageContaining("reads 1");
    }

    @Test
    void aDamagedDocumentIsRefused() {
        String whole = Documents.of(FormatExamples.anOrderWithEverything());
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
                "{\"format\":0,\"body\":{}}",
                "{\"format\":99999999999,\"body\":{}}",
                whole.substring(0, whole.length() / 2),
                whole.substring(0, whole.length() - 1),
                whole + "}",
                whole.replace("\"DEPLOY\"", "\"CONQUER\""),
                whole.replace("\"kind\":\"running\"", "\"kind\":\"walking\""),
                whole.replace("\"createdBy\"", "\"madeBy\""),
                whole.replace("\"floor\":1", "\"floor\":-1"),
                whole.replace("2026-01-05T08:00:00", "never"),
                whole.replace("PT30M", "half an hour"),
                whole.replace("@12\"", "@x\""),
                whole.replace("@12\"", "\""))) {
            assertThatThrownBy(() -> Documents.order(damaged))
                    .as(damaged)
                    .isInstanceOfSatisfying(
                            UnreadableDocumentException.class,
                            refused -> assertThat(refused.isNewer()).isFalse());
        }
    }

    /** One file per kind of document, in src/test/resources; a format that was released is never changed. */
    @Test
    void everythingThatFormatOneWroteIsReadAndWrittenInTheSameForm() throws Exception {
        ObjectMapper json = new ObjectMapper();
        for (Map.Entry<String, Object> each : FormatExamples.all().entrySet()) {
            Path file = Path.of("src/test/resources/format-1", each.getKey() + ".json");
            assertThat(file)
                    .as("%s: %s", each.getKey(), FormatExamples.written(each.getValue()))
                    .exists();
            String stored = Files.readString(file);
            assertThat(reread(each.getKey(), stored)).as(each.getKey()).isEqualTo(each.getValue());
            assertThat(json.readTree(FormatExamples.written(each.getValue())))
                    .as(each.getKey())
                    .isEqualTo(json.readTree(stored));
        }
    }

    /** Older programs can't read what is added either, and go on beside one that writes it unless its number says so. */
    @Test
    void whatDocumentsAreMadeOfIsAnotherFormatWhenItIsNotTheSame() throws Exception {
        assertThat(FormatShape.text())
                .as("FormatShape.text(); a format that was released is never changed, not even by what is added")
                .isEqualTo(
                        Files.readString(Path.of("src/test/resources/format-" + Documents.FORMAT, FormatShape.FILE)));
    }

    private static Object reread(String name, String document) {
        return switch (name.replaceAll("-.*", "")) {
            case "order" -> Documents.order(document);
            case "version" -> Documents.version(document);
            case "answer" -> Documents.answer(document);
            case "maintenance" -> Documents.maintenance(document);
            case "key" -> Documents.accessKey(document);
            case "application" -> Documents.application(document);
            case "event" -> Documents.event(document);
            default -> throw new IllegalArgumentException(name);
        };
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
